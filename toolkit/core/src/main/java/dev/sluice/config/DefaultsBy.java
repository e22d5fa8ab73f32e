package dev.sluice.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Defaults that depend on one setting of a config record, such as the task: for a value of that setting the file {@code defaults/VALUE.yaml} beside the record's class is
 * laid under the config, as a file that it {@code extends} would be. A value without a file has the defaults of the {@link Setting} annotations alone.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface DefaultsBy {
  /** The key of the setting, at the top of the config. */
  String value();
}
