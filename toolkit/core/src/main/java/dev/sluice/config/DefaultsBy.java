package dev.sluice.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Defaults that depend on one setting of a config record, such as the task. Where that setting has one of its values, the file {@code defaults/common.yaml} beside the
 * record's class and over it {@code defaults/VALUE.yaml} are laid under the config, as files that it {@code extends} would be. Either file may be missing; below them
 * are the defaults of the {@link Setting} annotations.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface DefaultsBy {
  /** The key of the setting, a choice at the top of the config. */
  String value();
}
