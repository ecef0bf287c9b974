package io.ghala.service;

/**
 * Ends the service in order with exit code 1, for states that only a fresh process can leave. Returns at once; the
 * first reason counts.
 */
public interface FatalStop {
    void request(String reason);
}
