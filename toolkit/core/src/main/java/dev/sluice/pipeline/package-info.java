/** The one place where a whole config becomes objects; tables of known component names. */
package dev.sluice.pipeline;
