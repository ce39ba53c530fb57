package dev.x402.quickstart;

/**
 * One scene of the story; found by {@link java.util.ServiceLoader}.
 *
 * <p>To add a scene, add a class: nothing else is edited.
 */
public interface Scene {
    /** Scenes play in rising order. */
    int order();

    /** What the scene shows, in a few words. */
    String title();

    /**
     * Plays the scene and cleans up after itself.
     *
     * @return the verdict: one line that says what was proven
     * @throws Exception when the scene did not end as it should; the message says what to do
     */
    String play(Story story) throws Exception;
}
