package io.ghala.refresher.change;

import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.index.KnownFile;
import io.ghala.refresher.keep.KeptRows;
import io.ghala.refresher.parts.FitTypes;
import io.ghala.refresher.read.ReadFiles.Refused;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.state.TableState;
import io.ghala.snapshot.RefusedFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses files. One that was readable before shows its last good rows, which are kept in the folder from then on. */
public final class KeepRefused {
    private static final Logger log = LoggerFactory.getLogger(KeepRefused.class);
    private final TableState state;
    private final KeptRows keep;
    private final FitTypes fit;

    public KeepRefused(TableState state, KeptRows keep, FitTypes fit) {
        this.state = state;
        this.keep = keep;
        this.fit = fit;
    }

    /**
     * Notes why a file is refused; returns its rows from before, where there are any that still fit. A copy never has
     * rows.
     */
    Optional<List<SourceRows>> refuse(Refused one, long nowMs) {
        FoundFile found = one.file();
        if (one.kind() != RefusedFile.Kind.COPY) {
            try {
                Optional<List<SourceRows>> kept = kept(found.name());
                if (kept.isPresent() && fit.problem(kept.get()).isEmpty()) {
                    state.refuse(found, nowMs, one.kind(), one.reason() + "; its rows are shown as they were before");
                    return kept;
                }
            } catch (IOException e) {
                log.warn("not kept file={} problem=\"{}\"", found.name(), e.getMessage(), e);
            }
        }
        state.refuse(found, nowMs, one.kind(), one.reason());
        return Optional.empty();
    }

    private Optional<List<SourceRows>> kept(String file) throws IOException {
        Optional<List<SourceRows>> kept = keep.read(file);
        KnownFile known = state.index().file(file);
        if (kept.isEmpty() && known != null && keep.keep(known, state.index().partsOf(known))) {
            return keep.read(file);
        }
        return kept;
    }
}
