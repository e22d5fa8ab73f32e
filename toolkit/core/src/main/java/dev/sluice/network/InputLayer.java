package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Spellings;
import dev.sluice.kernel.Kernels;
import dev.sluice.network.NetworkShape.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the ids and letters of tokens, and sentences in language models, into vectors, side by side in the rows of x [rows, D]. One-hot inputs are left to the first recurrent layer. */
final class InputLayer {
  private final Place[] places;
  private final CharacterEncoder characters; // null when no input reads letters
  private final int charactersAt;
  private final List<Language> languages = new ArrayList<>();
  private final int width;
  private final Map<String, float[]> given = new HashMap<>(); // first values by input

  /** A table and the columns it fills; {@code table} counts trained tables, or frozen ones. */
  private record Place(
      String name, int channel, int table, boolean frozen, boolean added, int column) {
    Parameters.Table in(Parameters p) {
      return (frozen ? p.frozen() : p.tables()).get(table);
    }
  }

  /** A language model and the first of the columns that its states fill. */
  private record Language(String name, LanguageReader reader, int column) {}

  InputLayer(Parameters.Layout layout, NetworkShape shape) {
    width = shape.inputWidth();
    List<Place> found = new ArrayList<>();
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
      } else if (input instanceof Input.States states) {
        languages.add(new Language(states.name(), new LanguageReader(layout, states), column));
      }
      if (input.readsIds()) channel++;
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

  /** The number of language models. */
  int languages() {
    return languages.size();
  }

  LanguageReader language(int n) {
    return languages.get(n).reader;
  }

  /** The number of the trained table that the first input reads; of no meaning when it reads none. */
  int firstTable() {
    return places.length == 0 ? -1 : places[0].table;
  }

  void pack(Kernels k, Parameters p, boolean training) {
    if (characters != null) characters.pack(k, p.dense(), training);
    for (int n = 0; n < languages.size(); n++) language(n).pack(k, p, training);
  }

  /** Takes the weights of a language model for the input of a name. */
  void give(Parameters p, String name, Network model) {
    for (Language language : languages) {
      if (!language.name.equals(name)) continue;
      language.reader.give(p, model);
      return;
    }
    throw new IllegalArgumentException("no language model is called " + name);
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
    for (Language language : languages)
      language.reader.initialise(p, new Recurrent.Initial(seed, number++));
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
    for (int n = 0; n < languages.size(); n++) {
      int column = languages.get(n).column;
      language(n).forward(ws.kernels, p, batch, n, ws.languages[n], ws.x, column, ldx);
    }
    if (characters == null) return;
    Spellings words = batch.spellings();
    characters.forward(ws.kernels, p.dense(), words, ws.letters, ws.training);
    int F = characters.width(), ldf = Kernels.padded(F);
    for (int r = 0; r < rows; r++)
      System.arraycopy(ws.letters.out, words.wordOf()[r] * ldf, ws.x, r * ldx + charactersAt, F);
  }

  /** From the gradient of x, that of the weights of letters and of language models that are tuned; that of the tables is read by {@link #rowGradients}. */
  void backward(Workspace ws, Parameters p) {
    int ldx = Kernels.padded(width);
    for (int n = 0; n < languages.size(); n++) {
      int column = languages.get(n).column;
      language(n)
          .backward(ws.kernels, ws.batch, n, ws.languages[n], ws.dx, column, ldx, ws.gradient);
    }
    if (characters == null) return;
    Spellings words = ws.batch.spellings();
    CharacterEncoder.State s = ws.letters;
    int F = characters.width(), ldf = Kernels.padded(F);
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
    for (int n = 0; n < languages.size(); n++)
      language(n).rowGradients(ws.batch, n, ws.languages[n], table, to);
  }
}
