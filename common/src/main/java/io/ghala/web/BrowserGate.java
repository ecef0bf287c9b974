package io.ghala.web;

import io.ghala.config.GhalaConfig.HttpSettings;
import io.ghala.config.HostName;
import io.ghala.config.WebOrigin;
import io.ghala.model.Excerpt;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages from using a service through somebody's browser. A request must call the service by one of its own
 * names; one that a browser sends for a page of another origin is refused unless the origin is listed, and then is
 * answered as CORS (Fetch Standard) asks; a body must be JSON, which a page cannot send without asking first. Stands in
 * front of every route.
 */
public final class BrowserGate extends Handler.Wrapper {
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    /** What browsers say of requests that no other page made: of the service's own pages, or typed by a person. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final HttpSettings settings;
    private final OwnNames names;
    private final BodyTypes types;

    /** @param port where the service listens, once it does */
    public BrowserGate(HttpSettings settings, IntSupplier port, Set<TextRoute> textRoutes, Handler next) {
        super(next);
        this.settings = settings;
        this.names = new OwnNames(settings, port);
        this.types = new BodyTypes(textRoutes);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders().add(HttpHeader.VARY, HttpHeader.ORIGIN.asString());
        Optional<String> foreign = foreignHost(request);
        if (foreign.isEmpty()) {
            foreign = foreignPage(request);
        }
        if (foreign.isPresent()) {
            ProblemJson.send(response, callback, HttpStatus.FORBIDDEN_403, "forbidden", foreign.get());
            return true;
        }
        if (request.getHeaders().contains(HttpHeader.ORIGIN) && CrossOrigin.answer(request, response, callback)) {
            return true;
        }
        Optional<String> wrongType = types.refusal(request);
        if (wrongType.isPresent()) {
            response.getHeaders().put(HttpHeader.ACCEPT, BodyTypes.OF_WRITES);
            ProblemJson.send(
                    response,
                    callback,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
                    "unsupported media type",
                    wrongType.get());
            return true;
        }
        return super.handle(request, response, callback);
    }

    private Optional<String> foreignHost(Request request) {
        List<String> lines = request.getHeaders().getFields(HttpHeader.HOST).stream()
                .map(HttpField::getValue)
                .toList();
        // No browser speaks HTTP/1.0, where a name is not needed; probes do.
        boolean probe = lines.isEmpty() && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0;
        String called = String.join(", ", lines);
        @Nullable String target = request.getHttpURI().getAuthority();
        return (probe || isOwn(called)) && (target == null || isOwn(target))
                ? Optional.empty()
                : Optional.of("this service is not called '" + Excerpt.of(called)
                        + "': use the address that it listens on, or list the name in HTTP_HOSTS");
    }

    private boolean isOwn(String called) {
        return parsed(called).filter(names::include).isPresent();
    }

    private static Optional<HostName> parsed(String host) {
        try {
            return Optional.of(HostName.parse(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<String> foreignPage(Request request) {
        HttpFields headers = request.getHeaders();
        List<String> origins = headers.getFields(HttpHeader.ORIGIN).stream()
                .map(HttpField::getValue)
                .toList();
        @Nullable String site = headers.get(FETCH_SITE);
        boolean ownSite = site == null || OWN_SITES.contains(site);
        if (origins.isEmpty()) {
            return ownSite
                    ? Optional.empty()
                    : Optional.of("a web page of another origin may not ask here (" + FETCH_SITE + ": "
                            + Excerpt.of(String.valueOf(site)) + "): list its origin in HTTP_ORIGINS");
        }
        String written = origins.size() == 1 ? String.valueOf(origins.get(0)) : String.join(", ", origins);
        Optional<WebOrigin> origin = origin(written);
        boolean listed = origin.filter(settings.origins()::contains).isPresent();
        boolean own = ownSite
                && origin.equals(origin(request.getHttpURI().getScheme() + "://" + headers.get(HttpHeader.HOST)));
        return origin.isPresent() && (listed || own)
                ? Optional.empty()
                : Optional.of("web pages of the origin '" + Excerpt.of(written)
                        + "' may not ask here: list it in HTTP_ORIGINS if they shall");
    }

    private static Optional<WebOrigin> origin(String text) {
        try {
            return Optional.of(WebOrigin.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether requests with this method only read. */
    static boolean isRead(Request request) {
        return HttpMethod.GET.is(request.getMethod())
                || HttpMethod.HEAD.is(request.getMethod())
                || HttpMethod.OPTIONS.is(request.getMethod());
    }
}
