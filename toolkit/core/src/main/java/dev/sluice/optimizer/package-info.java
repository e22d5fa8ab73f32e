/** SGD, AdaGrad, Adam, clipping, schedules, over one flat parameter array. */
package dev.sluice.optimizer;
