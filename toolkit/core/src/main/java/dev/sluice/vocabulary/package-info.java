/** Words, characters and labels to ids and back. */
package dev.sluice.vocabulary;
