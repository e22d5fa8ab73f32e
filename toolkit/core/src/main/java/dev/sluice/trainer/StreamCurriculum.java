package dev.sluice.trainer;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Example;
import dev.sluice.batch.Streams;
import dev.sluice.config.Location;
import dev.sluice.network.CarriedStates;
import dev.sluice.network.Network;
import dev.sluice.network.Workspace;
import java.util.List;
import java.util.function.ToIntFunction;

/** Streams of text, piece by piece, with the state carried on from one piece of a document to the next. */
public final class StreamCurriculum implements Curriculum {
  private final Streams streams;
  private final List<Location> documents;
  private final CarriedStates states;
  private final ToIntFunction<Example> streamOf;

  /**
   * A curriculum.
   *
   * @param documents the place of each document
   */
  public StreamCurriculum(Network network, Streams streams, List<Location> documents) {
    this.streams = streams;
    this.documents = List.copyOf(documents);
    states = new CarriedStates(network, streams.streams());
    streamOf = streams::stream;
  }

  @Override
  public Example[][] epoch(long seed, int epoch) {
    return streams.plan(seed, epoch);
  }

  /** The loss is a mean over symbols. */
  @Override
  public float scale(Example[] batch) {
    int symbols = 0;
    for (Example piece : batch) symbols += piece.length();
    return 1f / symbols;
  }

  @Override
  public long losses(Example piece) {
    return piece.length();
  }

  @Override
  public String noun() {
    return "documents";
  }

  @Override
  public Location where(Example piece) {
    return documents.get(streams.document(piece));
  }

  @Override
  public String source() {
    return documents.get(0).source();
  }

  @Override
  public void begin(Workspace shard) {
    Batch batch = shard.batch();
    for (int i = 0; i < batch.sentences(); i++) {
      Example piece = batch.example(i);
      if (streams.begins(piece)) states.forget(streams.stream(piece));
    }
    states.give(shard, streamOf);
  }

  @Override
  public void end(Workspace shard) {
    states.take(shard, streamOf);
  }

  @Override
  public List<float[]> carried() {
    return states.arrays();
  }
}
