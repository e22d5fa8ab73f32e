package dev.sluice.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The one description of a setting: the binder, its messages, the JSON Schema and the reference page all derive from it.
 * It stands on a component of a config record; the component's name is the key and its type the type.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** The sentence that explains it, with a full stop. */
  String value();

  /**
   * The default, as it would stand in YAML. {@code REQUIRED}: the key must be given. A component of type Optional is empty and a
   * nested record takes its own defaults without naming one.
   */
  String byDefault() default REQUIRED;

  /** The smallest number allowed. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The largest number allowed. */
  double max() default Double.POSITIVE_INFINITY;

  /** Whether {@link #min} itself is excluded. */
  boolean aboveMin() default false;

  /** Whether {@link #max} itself is excluded. */
  boolean belowMax() default false;

  /** Whether a list must have an entry. */
  boolean nonEmpty() default false;

  /** Whether text may be a whole number without quotes, such as the number of a column where others have a name. */
  boolean orNumber() default false;

  /**
   * Whether it belongs to the machine and leaves the result alone, such as a number of threads. It is left out of the config in a model
   * and out of comparisons.
   */
  boolean local() default false;

  /** Marks a setting without a default. */
  String REQUIRED = "\0required";
}
