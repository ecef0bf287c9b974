package io.ghala.web;

import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What one request is known by: in the header of its answer, in the log, and when somebody asks what became of it. 1 to
 * 64 characters.
 */
public record RequestId(String value) {
    /** The header of every answer. */
    public static final String HEADER = "Ghala-Request-Id";

    private static final String OF_CLIENT = "X-Request-Id";
    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public RequestId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException("'" + Excerpt.of(value) + "' is no request id: " + HEADER
                    + " of an answer is one, of 1 to 64 letters, digits and any of . _ : -");
        }
    }

    /**
     * The id of {@code request}: what the client calls it in {@code X-Request-Id} where that is of the form, a random
     * one otherwise.
     */
    public static RequestId of(Request request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestId known) {
            return known;
        }
        @Nullable String given = request.getHeaders().get(OF_CLIENT);
        RequestId id = new RequestId(
                given != null && FORM.matcher(given).matches() ? given : String.format("%016x", RANDOM.nextLong()));
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    @Override
    public String toString() {
        return value;
    }
}
