package io.ghala.config;

import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms of REDIS_URL. */
public final class RedisUrl {
    private static final Set<String> SCHEMES =
            Set.of("redis", "rediss", "redis+cluster", "rediss+cluster", "redis+sentinel", "rediss+sentinel");
    private static final Pattern PASSWORD = Pattern.compile("(//[^@:/]*:)[^@]*@");
    /** Whatever stands before a host where no form is kept. */
    private static final Pattern BEFORE_HOST = Pattern.compile("^[^@]*@");

    private static final Pattern DATABASE = Pattern.compile("/?|/[0-9]{1,9}");

    private RedisUrl() {}

    /**
     * The URL as given, once its scheme and form are known ones.
     *
     * @throws IllegalArgumentException when the scheme or the form is not one of those of reference.conf
     */
    public static URI parse(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + withoutPassword(text) + "' is not a URL", e);
        }
        if (url.getScheme() == null || !SCHEMES.contains(url.getScheme()) || url.getRawAuthority() == null) {
            throw new IllegalArgumentException("'" + withoutPassword(text)
                    + "' is not of the form redis://host:port, rediss://…, redis+cluster://host:port,host:port or"
                    + " redis+sentinel://host:port/master");
        }
        boolean database = !url.getScheme().endsWith("sentinel");
        if (database && !DATABASE.matcher(String.valueOf(url.getRawPath())).matches()) {
            throw new IllegalArgumentException("'" + withoutPassword(text) + "' ends with '" + url.getRawPath()
                    + "', which is not the number of a database such as /0");
        }
        return url;
    }

    /** {@code url} with its password replaced by {@code ***}. */
    public static String withoutPassword(String url) {
        String without = PASSWORD.matcher(url).replaceFirst("$1***@");
        return without.equals(url) && !url.contains("//")
                ? BEFORE_HOST.matcher(url).replaceFirst("***@")
                : without;
    }
}
