package dev.sluice.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name by which a record is chosen among those of a sealed interface: {@code type: name} in YAML. The Javadoc-like sentence is
 * shown in the reference page.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Variant {
  /** The value of {@code type}. */
  String value();

  /** One sentence about it. */
  String about();
}
