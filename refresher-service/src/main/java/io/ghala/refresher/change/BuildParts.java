package io.ghala.refresher.change;

import io.ghala.model.TableSchema;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.parts.BuildPart;
import io.ghala.refresher.parts.BuildPart.Origins;
import io.ghala.refresher.parts.PartPlan;
import io.ghala.refresher.parts.PartPlan.NewPart;
import io.ghala.refresher.publish.StoreParts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Builds the parts of a plan on several threads and stores them; the first one takes what is left of the parts that
 * end.
 */
public final class BuildParts {
    private final BuildPart build;
    private final StoreParts store;
    private final ExecutorService threads;
    private final long settingsHash;
    private Cost cost = Cost.NOTHING;

    /** {@code settingsHash} is of the settings that the rows were read under. */
    public BuildParts(BuildPart build, StoreParts store, ExecutorService threads, long settingsHash) {
        this.build = build;
        this.store = store;
        this.threads = threads;
        this.settingsHash = settingsHash;
    }

    List<Part> build(PartPlan plan, TableSchema schema) {
        List<Future<Part>> building = new ArrayList<>();
        List<Part> leftovers = List.copyOf(plan.absorbed());
        Origins origins = new Origins();
        for (NewPart part : plan.built()) {
            List<Part> withFiles = building.isEmpty() ? leftovers : List.of();
            building.add(threads.submit(() -> built(part, schema, withFiles, origins)));
        }
        List<Part> built = new ArrayList<>();
        for (Future<Part> part : building) {
            built.add(await(part));
        }
        return built;
    }

    private Part built(NewPart part, TableSchema schema, List<Part> leftovers, Origins origins) {
        return store.store(build.build(part, schema, leftovers, origins), settingsHash);
    }

    private Part await(Future<Part> building) {
        try {
            Part part = building.get();
            cost = cost.and(Cost.ofParts(1, part.index().rows()));
            return part;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while parts were built", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a part could not be built: " + e.getCause(), e);
        }
    }

    Cost cost() {
        return cost;
    }
}
