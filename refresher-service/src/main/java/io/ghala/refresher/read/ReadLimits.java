package io.ghala.refresher.read;

/** Caps on what one file may be. */
public record ReadLimits(long maxFileBytes, long maxRows, long maxUnpackedBytes) {}
