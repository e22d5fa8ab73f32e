package dev.sluice;

/**
 * A span of tokens of one type, as an application wants it: what it is, its words, and where they stand.
 *
 * @param type the type, such as {@code to_city}
 * @param text the characters of the original text from {@code start} to {@code end}
 * @param start where it begins in the original text, in UTF-16 units
 * @param end where it ends, exclusive
 * @param firstToken its first token, counted from 0
 * @param endToken one past its last token
 * @param confidence the probability that the sentence has exactly this span, with this type and these borders, 0 to 1
 */
public record Slot(
    String type,
    String text,
    int start,
    int end,
    int firstToken,
    int endToken,
    double confidence) {}
