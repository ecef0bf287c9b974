package io.ghala.refresher.detect;

import java.nio.file.attribute.BasicFileAttributes;

/** Size in bytes and time of the last change in milliseconds: what tells one content of a file from another. */
public record FileStamp(long size, long modifiedMs) {

    static FileStamp of(BasicFileAttributes attributes) {
        return new FileStamp(attributes.size(), attributes.lastModifiedTime().toMillis());
    }
}
