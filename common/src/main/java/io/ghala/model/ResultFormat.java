package io.ghala.model;

/** The form of a query's answer. */
public enum ResultFormat {
    /** One JSON array of row objects. */
    JSON("application/json"),
    /** A JSON object a line. */
    NDJSON("application/x-ndjson"),
    /** RFC 4180 with a header line. */
    CSV("text/csv"),
    /** An Arrow IPC stream. */
    ARROW("application/vnd.apache.arrow.stream");

    private final String mediaType;

    ResultFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** The name in settings, requests and options. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
