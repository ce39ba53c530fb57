package dev.x402.quickstart;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Plays every scene in order and ends with a verdict. */
public final class Quickstart {
    private Quickstart() {}

    /** Exits with 0 when every scene ended as it should, with 1 otherwise. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int code = play(scenes(), out) ? 0 : 1;
        out.flush();
        System.exit(code);
    }

    static List<Scene> scenes() {
        return ServiceLoader.load(Scene.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(Scene::order))
                .toList();
    }

    static boolean play(List<Scene> scenes, PrintStream out) {
        int played = 0;
        for (Scene scene : scenes) {
            out.printf("%nScene %d of %d: %s%n%n", played + 1, scenes.size(), scene.title());
            Story story = new Story(out, System::nanoTime);
            try {
                out.printf("%n  %s%n", scene.play(story));
            } catch (Exception e) {
                out.printf("%n  %s%n%nquickstart: FAILED in scene \"%s\"%n", explain(e), scene.title());
                return false;
            }
            played++;
        }
        if (played == 0) {
            out.printf("quickstart: FAILED, no scene was found: run 'mvn -q -Pquickstart verify' in the root%n");
            return false;
        }
        out.printf("%nquickstart: OK, %d of %d scenes%n", played, scenes.size());
        return true;
    }

    private static String explain(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}
