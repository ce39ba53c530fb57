package dev.x402.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML into a tree; every limit holds before anything is built.
 *
 * <p>No objects are made of tags, no numbers of digits, and an alias costs what it stands for.
 */
final class TreeReader {
    static final int MAX_LENGTH = 256 * 1024;
    static final int MAX_SIZE = 20_000;
    static final int MAX_HEIGHT = 24;

    private final List<Problem> problems;
    private final Deque<Frame> open = new ArrayDeque<>();
    private final Map<Anchor, Tree> anchors = new HashMap<>();
    private int documents;
    private @Nullable Tree root;

    private TreeReader(List<Problem> problems) {
        this.problems = problems;
    }

    /**
     * The file's one document.
     *
     * @param problems gets what does not keep the rest from being read
     * @throws ConfigurationException when the text is no YAML, or exceeds a limit
     */
    static Tree read(String yaml, List<Problem> problems) {
        if (yaml.length() > MAX_LENGTH) {
            throw new ConfigurationException(
                    Place.NOWHERE,
                    "file: expected at most " + MAX_LENGTH + " characters, saw " + yaml.length() + "; split it");
        }
        TreeReader reader = new TreeReader(problems);
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setCodePointLimit(MAX_LENGTH)
                    .setUseMarks(true)
                    .build();
            Parser events = new ParserImpl(settings, new StreamReader(settings, yaml));
            while (events.hasNext()) {
                reader.take(events.next());
            }
        } catch (MarkedYamlEngineException e) {
            throw new ConfigurationException(place(e.getProblemMark()), "file: no YAML: " + words(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new ConfigurationException(Place.NOWHERE, "file: no YAML: " + words(e.getMessage()));
        }
        if (reader.root == null) {
            throw new ConfigurationException(Place.NOWHERE, "file: expected keys and values, saw nothing");
        }
        return reader.root;
    }

    private static String words(@Nullable String problem) {
        String text = problem == null
                ? "it cannot be read"
                : problem.lines().findFirst().orElse("");
        return text.length() <= 200 && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)
                ? text
                : "it holds characters that are not allowed here";
    }

    private static Place place(Optional<Mark> mark) {
        return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(Place.NOWHERE);
    }

    private void take(Event event) {
        Place at = place(event.getStartMark());
        switch (event.getEventId()) {
            case DocumentStart -> {
                if (++documents > 1) {
                    throw new ConfigurationException(at, "file: expected one document, saw a second; remove ---");
                }
            }
            case Scalar -> {
                ScalarEvent scalar = (ScalarEvent) event;
                untagged(scalar.getTag(), at);
                complete(new Tree.Text(scalar.getValue(), scalar.isPlain(), at), scalar);
            }
            case SequenceStart, MappingStart -> {
                CollectionStartEvent start = (CollectionStartEvent) event;
                untagged(start.getTag(), at);
                if (open.size() >= MAX_HEIGHT) {
                    throw new ConfigurationException(
                            at, "file: expected at most " + MAX_HEIGHT + " levels, saw more; make it flatter");
                }
                open.push(new Frame(start, at));
            }
            case SequenceEnd, MappingEnd -> {
                Frame done = open.pop();
                complete(done.tree(), done.start);
            }
            case Alias -> complete(aliased((AliasEvent) event, at), null);
            default -> {}
        }
    }

    private Tree aliased(AliasEvent alias, Place at) {
        Tree known = anchors.get(alias.getAlias());
        if (known == null) {
            throw new ConfigurationException(
                    at,
                    "alias *" + words(alias.getAlias().getValue())
                            + ": expected an anchor that is complete before it, saw none");
        }
        return known;
    }

    private void untagged(Optional<String> tag, Place at) {
        if (tag.isPresent()) {
            problems.add(at.problem("tag: expected none, saw " + Shown.of(tag.get()) + "; remove it"));
        }
    }

    private void complete(Tree tree, @Nullable NodeEvent event) {
        if (event != null) {
            event.getAnchor().ifPresent(anchor -> anchors.put(anchor, tree));
        }
        Frame around = open.peek();
        if (around == null) {
            root = tree;
        } else {
            around.add(tree);
        }
    }

    /** A collection that is not complete yet. */
    private final class Frame {
        private final CollectionStartEvent start;
        private final Place at;
        private final List<Tree> items = new ArrayList<>();
        private final List<Tree.Entry> entries = new ArrayList<>();
        private final Set<String> keys = new HashSet<>();
        private @Nullable Tree key;
        private int size = 1;
        private int height;

        Frame(CollectionStartEvent start, Place at) {
            this.start = start;
            this.at = at;
        }

        void add(Tree tree) {
            size += tree.size();
            height = Math.max(height, tree.height());
            if (size > MAX_SIZE) {
                throw new ConfigurationException(
                        tree.at(), "file: expected at most " + MAX_SIZE + " values with what aliases repeat, saw more");
            }
            if (open.size() + height > MAX_HEIGHT) {
                throw new ConfigurationException(
                        tree.at(), "file: expected at most " + MAX_HEIGHT + " levels, saw more; make it flatter");
            }
            if (start instanceof SequenceStartEvent) {
                items.add(tree);
            } else if (key == null) {
                key = tree;
            } else {
                pair(key, tree);
                key = null;
            }
        }

        private void pair(Tree name, Tree value) {
            if (!(name instanceof Tree.Text text) || text.isNothing()) {
                problems.add(name.at().problem("key: expected a text, saw " + name.kind()));
            } else if (!keys.add(text.value())) {
                problems.add(name.at().problem("key " + Shown.of(text.value()) + " stands here twice; remove one"));
            } else {
                entries.add(new Tree.Entry(text.value(), name.at(), value));
            }
        }

        Tree tree() {
            return start instanceof SequenceStartEvent
                    ? new Tree.Items(List.copyOf(items), at, size, height + 1)
                    : new Tree.Mapping(List.copyOf(entries), at, size, height + 1);
        }
    }
}
