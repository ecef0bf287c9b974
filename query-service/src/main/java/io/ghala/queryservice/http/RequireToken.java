package io.ghala.queryservice.http;

import io.ghala.config.GhalaConfig.HttpSettings;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Lets through requests that carry the token, where one is set. How long a refusal takes tells neither its length nor
 * its beginning.
 */
public final class RequireToken {
    private static final String SCHEME = "Bearer ";

    /** Digests are compared: they are all of one length. */
    private final Optional<byte[]> digest;

    @Inject
    RequireToken(HttpSettings settings) {
        this.digest = settings.token().map(RequireToken::digest);
    }

    /** @throws SqlProblemException FORBIDDEN */
    void require(Request request) {
        if (digest.isEmpty()) {
            return;
        }
        @Nullable String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        boolean bearer = given != null && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String token = bearer ? String.valueOf(given).substring(SCHEME.length()).strip() : "";
        if (!MessageDigest.isEqual(digest(token), digest.get())) {
            throw new SqlProblemException(new SqlProblem(
                    Kind.FORBIDDEN, "the request carries no valid token: send Authorization: Bearer with HTTP_TOKEN"));
        }
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
