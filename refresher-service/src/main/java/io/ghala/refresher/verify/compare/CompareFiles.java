package io.ghala.refresher.verify.compare;

import io.ghala.refresher.verify.findings.Difference;
import io.ghala.refresher.verify.findings.Difference.Place;
import io.ghala.refresher.verify.fold.FoldedFolder;
import io.ghala.refresher.verify.fold.FolderListing;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.RefusedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares how many files there are, and which of them are refused. */
public final class CompareFiles {
    private CompareFiles() {}

    public static List<Difference> compare(FolderListing listing, FoldedFolder folded, Manifest manifest) {
        List<Difference> differences = new ArrayList<>();
        if (manifest.files() != listing.files().size()) {
            differences.add(Difference.content(
                    Place.FOLDER,
                    "number of files",
                    "the folder has " + listing.files().size() + " data files, the snapshot is of " + manifest.files(),
                    CompareRows.REBUILD));
        }
        Set<String> published = manifest.refused().stream()
                .filter(file -> !file.taken())
                .map(RefusedFile::file)
                .collect(Collectors.toSet());
        Set<String> all = new TreeSet<>(folded.refused().keySet());
        all.addAll(published);
        for (String file : all) {
            if (!published.contains(file)) {
                differences.add(refused(
                        file,
                        "it cannot be taken (" + folded.refused().get(file)
                                + "), the snapshot does not list it as refused"));
            } else if (!folded.refused().containsKey(file)) {
                differences.add(refused(file, "it can be read, the snapshot lists it as refused"));
            }
        }
        return differences;
    }

    private static Difference refused(String file, String what) {
        return Difference.content(Place.REFUSED, file, what, CompareRows.EDITED);
    }
}
