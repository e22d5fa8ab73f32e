/**
 * What can be said of a token beside its identity: casing, shape, affixes, gazetteers.
 *
 * <p>Everything here looks at the surface form, before normalisation, and gives a category as text: the same token gives the same
 * category on any machine. {@link dev.sluice.feature.Casing}, {@link dev.sluice.feature.WordShape} and {@link
 * dev.sluice.feature.Affixes} need nothing but the token; a {@link dev.sluice.feature.Gazetteer} looks at the whole sentence.
 */
package dev.sluice.feature;
