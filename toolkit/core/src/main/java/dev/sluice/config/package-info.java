/** YAML to records, with file, line and path in every complaint. */
package dev.sluice.config;
