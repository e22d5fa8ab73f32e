/** The trained artefact: tag a sentence, save, load, format version. */
package dev.sluice.model;
