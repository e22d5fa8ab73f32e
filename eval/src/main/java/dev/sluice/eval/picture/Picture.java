package dev.sluice.eval.picture;

/**
 * What every picture has beside what it draws: a title, a description, a note below, and the two forms in which it leaves. Mutable while it is made, as its subclasses are.
 *
 * @param <P> the kind of picture
 */
public abstract class Picture<P extends Picture<P>> {
  private String title = "";
  private String description = "";
  private String note = "";

  Picture() {}

  /** A title, which is shown, and a description for those who cannot see the picture. */
  public final P titled(String newTitle, String newDescription) {
    title = newTitle;
    description = newDescription;
    return self();
  }

  /** A text below the picture. */
  public final P note(String newNote) {
    note = newNote;
    return self();
  }

  /** This picture, by its own type. */
  abstract P self();

  /** Draws it. */
  abstract Svg draw();

  final String title() {
    return title;
  }

  final String note() {
    return note;
  }

  /** A file of its own. */
  public final String svg() {
    return draw().document(title, description);
  }

  /** An element for a page that holds {@link Svg#STYLE}. */
  public final String inline() {
    return draw().inline(title, description);
  }
}
