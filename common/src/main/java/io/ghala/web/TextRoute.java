package io.ghala.web;

/**
 * A path that also takes bodies of plain text, or of no type: it only reads, so nothing is lost should somebody make a
 * browser post there.
 */
public record TextRoute(String path) {}
