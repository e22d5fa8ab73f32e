package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Spellings;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.NetworkShape.Input;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Turns the ids and letters of tokens into vectors, side by side in the rows of x [rows, D]. One-hot inputs are left to the first recurrent layer. */
final class InputLayer {
  private final Place[] places;
  private final CharacterEncoder characters; // null when no input reads letters
  private final int charactersAt;
  private final int width;
  private final Map<String, float[]> given = new HashMap<>(); // first values by input

  /** A table and the columns it fills; {@code table} counts trained tables, or frozen ones. */
  private record Place(
      String name, int channel, int table, boolean frozen, boolean added, int column) {
    Parameters.Table in(Parameters p) {
      return (frozen ? p.frozen() : p.tables()).get(table);
    }
  }

  InputLayer(Parameters.Layout layout, NetworkShape shape) {
    width = shape.inputWidth();
    java.util.List<Place> found = new java.util.ArrayList<>();
    CharacterEncoder encoder = null;
    int channel = 0, column = 0, before = 0, lettersAt = 0;
    for (Input input : shape.inputs()) {
      if (input instanceof Input.Table t) {
        int from = t.added() ? before : column;
        String name = "input." + t.name();
        int number =
            t.frozen()
                ? layout.frozen(name, t.vocabulary(), t.dimension())
                : layout.table(name, t.vocabulary(), 1, t.dimension());
        found.add(new Place(t.name(), channel, number, t.frozen(), t.added(), from));
      } else if (input instanceof Input.Characters c) {
        encoder = CharacterEncoder.of(layout, c);
        lettersAt = column;
      }
      if (!(input instanceof Input.Characters)) channel++;
      if (input.width() > 0) before = column;
      column += input.width();
    }
    places = found.toArray(Place[]::new);
    characters = encoder;
    charactersAt = lettersAt;
  }

  CharacterEncoder characters() {
    return characters;
  }

  /** The number of the trained table that the first input reads; of no meaning when it reads none. */
  int firstTable() {
    return places.length == 0 ? -1 : places[0].table;
  }

  void pack(Kernels k, float[] dense, boolean training) {
    if (characters != null) characters.pack(k, dense, training);
  }

  /** Takes first values for the rows of an input's table from row 1 on, [n, D]; row 0, of what is unknown, stays zero. */
  void give(Parameters p, String name, float[] rows) {
    for (Place place : places) {
      if (!place.name.equals(name)) continue;
      if (place.frozen) fill(place.in(p), rows);
      else given.put(name, rows);
      return;
    }
    throw new IllegalArgumentException("no table is called " + name);
  }

  private static void fill(Parameters.Table table, float[] rows) {
    Block b = table.block();
    if (rows.length != (b.rows() - 1) * b.width())
      throw new IllegalArgumentException(b.name() + " has other sizes");
    for (int r = 1; r < b.rows(); r++)
      System.arraycopy(rows, (r - 1) * b.width(), table.values(), r * b.ld(), b.width());
  }

  /** Learned vectors of about unit variance; those that are added to others begin at zero, those that were given at what was given. Frozen ones are not touched. */
  int initialise(Parameters p, long seed, int number) {
    for (Place place : places) {
      if (place.frozen) continue;
      Parameters.Table table = p.tables().get(place.table);
      Recurrent.Initial initial = new Recurrent.Initial(seed, number++);
      if (given.containsKey(place.name)) fill(table, given.get(place.name));
      else if (place.added) Arrays.fill(table.values(), 0f);
      else initial.uniform(table.values(), table.block(), Math.sqrt(3.0 / table.block().width()));
    }
    if (characters != null) characters.initialise(p, new Recurrent.Initial(seed, number++));
    return number;
  }

  void forward(Workspace ws, Parameters p) {
    Batch batch = ws.batch;
    int ldx = Kernels.padded(width), rows = batch.rows();
    for (Place place : places) {
      Parameters.Table table = place.in(p);
      int[] ids = batch.ids(place.channel);
      int D = table.block().width(), ld = table.block().ld();
      float[] values = table.values();
      for (int r = 0; r < rows; r++) {
        int from = ids[r] * ld, to = r * ldx + place.column;
        if (place.added) for (int j = 0; j < D; j++) ws.x[to + j] += values[from + j];
        else System.arraycopy(values, from, ws.x, to, D);
      }
    }
    if (characters == null) return;
    Spellings words = batch.spellings();
    characters.forward(ws.kernels, p.dense(), words, ws.letters, ws.training);
    int F = characters.width(), ldf = Kernels.padded(F);
    for (int r = 0; r < rows; r++)
      System.arraycopy(ws.letters.out, words.wordOf()[r] * ldf, ws.x, r * ldx + charactersAt, F);
  }

  /** From the gradient of x, that of the letters' weights; that of the tables is read by {@link #rowGradients}. */
  void backward(Workspace ws, Parameters p) {
    if (characters == null) return;
    Spellings words = ws.batch.spellings();
    CharacterEncoder.State s = ws.letters;
    int F = characters.width(), ldf = Kernels.padded(F), ldx = Kernels.padded(width);
    s.dOut = Workspace.room(s.dOut, words.count() * ldf);
    Arrays.fill(s.dOut, 0, words.count() * ldf, 0f);
    for (int r = 0; r < ws.batch.rows(); r++) {
      int to = words.wordOf()[r] * ldf, from = r * ldx + charactersAt;
      for (int j = 0; j < F; j++) s.dOut[to + j] += ws.dx[from + j];
    }
    characters.backward(ws.kernels, p.dense(), words, s, ws.gradient);
  }

  /** Where the gradient of a trained table stands in a workspace. */
  void rowGradients(Workspace ws, Parameters p, int table, Network.RowGradients to) {
    int ldx = Kernels.padded(width);
    for (Place place : places) {
      if (place.frozen || place.table != table) continue;
      int D = p.tables().get(table).block().width();
      boolean[] unread = ws.dropsWords ? ws.droppedWords : null;
      to.take(ws.batch.ids(place.channel), ws.batch.rows(), unread, ws.dx, place.column, ldx, D);
    }
  }
}
