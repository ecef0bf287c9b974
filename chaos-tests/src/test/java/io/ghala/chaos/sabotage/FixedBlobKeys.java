package io.ghala.chaos.sabotage;

import io.ghala.chaos.wire.Tamper;
import java.util.List;
import java.util.regex.Pattern;

/** Broken: the blobs of every version of a table have the same keys and overwrite each other. */
public final class FixedBlobKeys implements Tamper {
    private final Pattern nonce;
    private final String fixed;

    public FixedBlobKeys(String table) {
        this.nonce = Pattern.compile("ghala:b:" + Pattern.quote(table) + ":[0-9a-z]+:");
        this.fixed = "ghala:b:" + table + ":0:";
    }

    @Override
    public List<String> command(List<String> command, Upstream upstream) {
        return command.stream()
                .map(word -> nonce.matcher(word).replaceAll(fixed))
                .toList();
    }
}
