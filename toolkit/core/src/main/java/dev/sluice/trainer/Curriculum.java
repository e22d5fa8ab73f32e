package dev.sluice.trainer;

import dev.sluice.batch.Example;
import dev.sluice.config.Location;
import dev.sluice.network.Workspace;
import java.util.List;

/** What a trainer goes through: the examples of an epoch in their batches, and what is carried from batch to batch. */
public interface Curriculum {
  /** The batches of an epoch, in order; asked for again when an interrupted epoch goes on. */
  Example[][] epoch(long seed, int epoch);

  /** What the gradient of a batch's summed loss is multiplied by. */
  float scale(Example[] batch);

  /** Over how many things the loss of an example is summed. */
  long losses(Example example);

  /** What examples come from, for messages, such as sentences. */
  String noun();

  /** Where an example comes from. */
  Location where(Example example);

  /** The file that training examples come from. */
  String source();

  /** Before the forward pass of a shard; shards run on several threads. */
  default void begin(Workspace shard) {}

  /** After the forward pass of a shard, whose numbers the backward pass will use up. */
  default void end(Workspace shard) {}

  /** What is carried from batch to batch, to be saved and written back; the arrays are the curriculum's own. */
  default List<float[]> carried() {
    return List.of();
  }
}
