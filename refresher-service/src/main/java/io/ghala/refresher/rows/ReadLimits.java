package io.ghala.refresher.rows;

/** Caps on what one file may be. */
public record ReadLimits(long maxFileBytes, long maxRows, long maxUnpackedBytes) {}
