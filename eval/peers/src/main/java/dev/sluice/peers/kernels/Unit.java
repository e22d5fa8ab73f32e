package dev.sluice.peers.kernels;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a benchmark's figure means: JMH's operations per nanosecond, or nanoseconds per operation, by what an operation is. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Unit {
  /** For example {@code GFLOP/s}. */
  String value();
}
