/** {@code Token} with offsets into the original text, tokenizers, normalisers. */
package dev.sluice.text;
