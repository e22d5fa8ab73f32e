/**
 * The embeddable face: {@code Tagger}, {@code Tagged}, {@code Slot}, {@code Training}; small, stable, shown by example.
 *
 * <pre>{@code
 * Tagger tagger = Tagger.load(Path.of("runs/quickstart/model.safetensors"));
 * for (Slot slot : tagger.tag("a flight from oslo to rome").slots()) {
 *   System.out.println(slot.type() + " = " + slot.text());
 * }
 * }</pre>
 */
package dev.sluice;
