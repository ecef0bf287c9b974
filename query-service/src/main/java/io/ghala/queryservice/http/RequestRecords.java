package io.ghala.queryservice.http;

import io.ghala.model.Excerpt;
import io.ghala.web.RequestId;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What became of the latest requests, each by its id; of two with one id the later. */
public final class RequestRecords {
    private static final int MOST = 4096;
    private static final int LONGEST_REASON = 2000;

    private final Clock clock;
    private final Map<RequestId, RequestRecord> latest = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RequestId, RequestRecord> eldest) {
            return size() > MOST;
        }
    };

    @Inject
    RequestRecords(Clock clock) {
        this.clock = clock;
    }

    /** How a request stands. */
    enum State {
        RUNNING("running"),
        ANSWERED("answered"),
        REFUSED("refused"),
        BROKEN_OFF("broken off"),
        ABANDONED("abandoned");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * One request.
     *
     * @param status of HTTP, 0 while there is none
     * @param reason why it was refused or broken off
     */
    record RequestRecord(
            String what, State state, int status, Optional<String> reason, Instant began, Optional<Instant> ended) {}

    /** @param method and {@code path} as the client sent them */
    void began(RequestId id, String method, String path) {
        RequestRecord record = new RequestRecord(
                Excerpt.of(method + " " + path), State.RUNNING, 0, Optional.empty(), clock.instant(), Optional.empty());
        synchronized (latest) {
            latest.remove(id);
            latest.put(id, record);
        }
    }

    void ended(RequestId id, State state, int status, Optional<String> reason) {
        Optional<String> shown =
                reason.map(text -> text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text);
        Instant now = clock.instant();
        synchronized (latest) {
            latest.computeIfPresent(
                    id,
                    (same, record) ->
                            new RequestRecord(record.what(), state, status, shown, record.began(), Optional.of(now)));
        }
    }

    Optional<RequestRecord> find(RequestId id) {
        synchronized (latest) {
            return Optional.ofNullable(latest.get(id));
        }
    }
}
