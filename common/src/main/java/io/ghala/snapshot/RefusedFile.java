package io.ghala.snapshot;

/** A file whose rows are not in the table, why, and what to do about it. */
public record RefusedFile(String file, String reason) {}
