package dev.x402.architecture;

import java.nio.file.Path;
import java.util.List;

/**
 * One module as its POM describes it.
 *
 * @param path as the root POM lists it
 * @param directory absolute
 * @param shell has the packaging pom and nothing to look at
 * @param published does not skip deployment
 */
record Module(
        String path,
        Path directory,
        String artifact,
        boolean shell,
        boolean published,
        List<String> bomEntries,
        List<Dependency> dependencies) {

    /** A direct dependency. */
    record Dependency(String group, String artifact, String scope, boolean optional) {
        boolean ours() {
            return group.equals("dev.x402");
        }

        String id() {
            return group + ":" + artifact;
        }
    }

    Path classes() {
        return directory.resolve("target/classes");
    }

    Path mainSources() {
        return directory.resolve("src/main/java");
    }

    Path testSources() {
        return directory.resolve("src/test/java");
    }

    @Override
    public String toString() {
        return path;
    }
}
