package io.ghala.refresher.detect;

/** Size in bytes and time of the last change in milliseconds: what tells one content of a file from another. */
public record FileStamp(long size, long modifiedMs) {}
