package io.ghala.queryservice.http;

import io.ghala.model.Excerpt;
import io.ghala.model.NearestName;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import java.util.List;
import org.eclipse.jetty.server.Request;

/**
 * The fields or parameters that a request may have: what is misspelt must not be passed over as if it had not been
 * asked.
 */
record KnownNames(List<String> names) {
    static final KnownNames NONE = new KnownNames(List.of());

    KnownNames {
        names = List.copyOf(names);
    }

    static KnownNames of(String... names) {
        return new KnownNames(List.of(names));
    }

    /**
     * Refuses a field that is none of these.
     *
     * @throws SqlProblemException BAD_REQUEST naming the nearest
     */
    void requireField(String name) {
        require("field", name);
    }

    /**
     * Refuses a request with a query parameter that is none of these.
     *
     * @throws SqlProblemException BAD_REQUEST naming the nearest
     */
    void requireParameters(Request request) {
        for (String name : Request.extractQueryParameters(request).getNames()) {
            require("query parameter", name);
        }
    }

    private void require(String what, String name) {
        if (names.contains(name)) {
            return;
        }
        String remedy = names.isEmpty()
                ? "this path takes none; options belong into the body"
                : "did you mean " + NearestName.to(name, names) + "? There are " + String.join(", ", names);
        throw new SqlProblemException(
                new SqlProblem(Kind.BAD_REQUEST, "there is no " + what + " \"" + Excerpt.of(name) + "\": " + remedy));
    }
}
