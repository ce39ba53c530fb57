package dev.x402.architecture;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What one module may depend on. */
record Room(String module, List<String> modules, List<String> libraries, List<String> packages) {
    static Map<String, Room> table() {
        return parse(Repository.read(Path.of("src/test/resources/rooms.txt")));
    }

    static Map<String, Room> parse(String text) {
        Map<String, Room> table = new LinkedHashMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] cells = line.split("\\|", -1);
            if (cells.length != 4) {
                throw new IllegalArgumentException(
                        "rooms.txt: '" + line + "' must read: module | modules | libraries | packages");
            }
            Room room = new Room(cells[0].strip(), list(cells[1]), list(cells[2]), list(cells[3]));
            if (table.put(room.module(), room) != null) {
                throw new IllegalArgumentException("rooms.txt names " + room.module() + " twice");
            }
        });
        return table;
    }

    /** The modules that this one reaches, itself included. */
    Set<String> reach(Map<String, Room> table) {
        Set<String> reached = new TreeSet<>(Set.of(module));
        for (String next : modules) {
            Room room = table.get(next);
            if (room == null) {
                throw new IllegalArgumentException("rooms.txt: " + module + " names " + next + ", which has no line");
            }
            reached.addAll(room.reach(table));
        }
        return reached;
    }

    private static List<String> list(String cell) {
        return Arrays.stream(cell.split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }
}
