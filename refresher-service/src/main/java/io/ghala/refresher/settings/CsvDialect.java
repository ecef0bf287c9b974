package io.ghala.refresher.settings;

import java.nio.charset.Charset;
import java.util.Optional;

/** How CSV files of a table are written; an absent delimiter is found in each file's first record. */
public record CsvDialect(Optional<Character> delimiter, boolean header, char quote, Charset encoding) {}
