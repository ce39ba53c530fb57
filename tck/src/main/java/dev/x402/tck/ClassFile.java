package dev.x402.tck;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a class file says of itself, without loading it.
 *
 * @param major version of its format; 61 is Java 17
 * @param references names of other classes, such as {@code dev.x402.spi.Rail}
 * @param writableStatics fields that are static and not final
 */
record ClassFile(int major, Set<String> references, List<String> writableStatics) {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int SYNTHETIC = 0x1000;
    private static final Pattern NAMED = Pattern.compile("L([\\p{L}\\p{N}_$/-]+);");

    /** Empty when the bytes are no class file. */
    static Optional<ClassFile> read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC) {
                return Optional.empty();
            }
            in.readUnsignedShort();
            int major = in.readUnsignedShort();
            Constants constants = Constants.read(in);
            in.skipNBytes(6);
            in.skipNBytes(2L * in.readUnsignedShort());
            return Optional.of(new ClassFile(major, constants.references(), statics(in, constants)));
        } catch (IOException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private static List<String> statics(DataInputStream in, Constants constants) throws IOException {
        List<String> writable = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            int access = in.readUnsignedShort();
            String name = constants.text(in.readUnsignedShort());
            in.skipNBytes(2);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                in.skipNBytes(2);
                in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
            }
            if (Modifier.isStatic(access) && !Modifier.isFinal(access) && (access & SYNTHETIC) == 0) {
                writable.add(name);
            }
        }
        return writable;
    }

    /** The constant pool, as far as names matter. */
    private record Constants(Map<Integer, String> texts, List<Integer> classes) {
        static Constants read(DataInputStream in) throws IOException {
            Constants constants = new Constants(new HashMap<>(), new ArrayList<>());
            int count = in.readUnsignedShort();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> constants.texts.put(i, in.readUTF());
                    case 7 -> constants.classes.add(in.readUnsignedShort());
                    case 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++;
                    }
                    default -> throw new IllegalArgumentException("constant of kind " + tag);
                }
            }
            return constants;
        }

        String text(int index) {
            return texts.getOrDefault(index, "");
        }

        /** Classes that are used, and those in the descriptors of fields and methods. */
        Set<String> references() {
            Set<String> names = new TreeSet<>();
            for (int index : classes) {
                String name = text(index);
                if (!name.startsWith("[")) {
                    names.add(name.replace('/', '.'));
                }
            }
            for (String text : texts.values()) {
                Matcher named = NAMED.matcher(text);
                while (text.indexOf(';') >= 0 && named.find()) {
                    names.add(named.group(1).replace('/', '.'));
                }
            }
            return names;
        }
    }
}
