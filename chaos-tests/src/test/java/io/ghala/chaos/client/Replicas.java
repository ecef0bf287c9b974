package io.ghala.chaos.client;

import io.ghala.chaos.cluster.Slot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The query-services that listen now. */
public final class Replicas {
    private final List<Slot> slots;

    public Replicas(List<Slot> slots) {
        this.slots = List.copyOf(slots);
    }

    /** One process of a query-service; the name is that of no other. */
    public record Replica(String name, String address) {}

    /** All that have said where they listen. */
    public List<Replica> all() throws IOException {
        List<Replica> all = new ArrayList<>();
        for (Slot slot : slots) {
            Optional<String> address = slot.isAlive() ? slot.http() : Optional.empty();
            address.ifPresent(http -> all.add(new Replica(slot.name() + " " + http, http)));
        }
        return all;
    }

    /** Any of them. */
    public Optional<Replica> any(Random random) throws IOException {
        List<Replica> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }
}
