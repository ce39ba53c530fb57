package dev.x402.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuickstartTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void every_scene_of_the_class_path_ends_with_its_verdict() {
        List<Scene> scenes = Quickstart.scenes();

        assertTrue(Quickstart.play(scenes, out), this::printed);
        assertTrue(scenes.size() >= 1);
        assertEquals(scenes.size(), printed().split("  verdict: ", -1).length - 1, this::printed);
        assertTrue(
                printed().endsWith("%nquickstart: OK, %d of %d scenes%n".formatted(scenes.size(), scenes.size())),
                this::printed);
    }

    @Test
    void the_buyer_is_told_why_an_offer_was_chosen_and_another_was_not() {
        assertTrue(Quickstart.play(Quickstart.scenes(), out), this::printed);
        List<String> told = printed().lines().map(String::strip).toList();
        int begin = told.indexOf("prefer Base Sepolia");

        assertTrue(begin >= 0, this::printed);
        assertEquals(
                List.of(
                        "prefer Base Sepolia",
                        "avoid mainnet",
                        "only USDC",
                        "at most 0.01 USD per payment",
                        "cheapest"),
                told.subList(begin, begin + 5));
        assertEquals(
                List.of(
                        "- allowed: 0.01 USDC by exact on eip155:421614: place 2 of 2, after one that is better by"
                                + " \"prefer Base Sepolia\"",
                        "- chosen: 0.01 USDC by exact on eip155:84532: first of 2 by \"prefer Base Sepolia\""),
                told.subList(begin + 6, begin + 8));
    }

    @Test
    void the_buyer_is_told_why_solana_was_chosen_before_an_evm_chain() {
        assertTrue(Quickstart.play(Quickstart.scenes(), out), this::printed);
        List<String> told = printed().lines().map(String::strip).toList();
        int begin = told.indexOf("prefer solana");

        assertTrue(begin >= 0, this::printed);
        assertEquals(
                List.of(
                        "- allowed: 0.01 USDC by exact on eip155:84532: place 2 of 2, after one that is better by"
                                + " \"prefer solana\"",
                        "- chosen: 0.01 USDC by exact on solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1: first of 2 by"
                                + " \"prefer solana\""),
                told.subList(begin + 6, begin + 8));
        assertTrue(
                told.stream().anyMatch(line -> line.startsWith("verdict: 2 chains offered, 1 request")), this::printed);
    }

    @Test
    void scenes_are_played_in_their_order() {
        List<Integer> orders = Quickstart.scenes().stream().map(Scene::order).toList();

        assertEquals(orders.stream().sorted().toList(), orders);
    }

    @Test
    void a_scene_that_fails_ends_the_story_and_says_why() {
        List<String> played = new ArrayList<>();
        Scene broken = scene("the bank is closed", story -> {
            throw new IllegalStateException("the node did not start: install Node 20 or newer");
        });

        assertFalse(Quickstart.play(
                List.of(broken, scene("never", story -> String.valueOf(played.add("never")))), out));
        assertEquals(List.of(), played);
        assertTrue(
                printed()
                        .endsWith("%n  the node did not start: install Node 20 or newer%n%n".formatted()
                                + "quickstart: FAILED in scene \"the bank is closed\"%n".formatted()),
                this::printed);
    }

    @Test
    void a_story_without_scenes_is_a_failure() {
        assertFalse(Quickstart.play(List.of(), out));
        assertEquals(
                "quickstart: FAILED, no scene was found: run 'mvn -q -Pquickstart verify' in the root%n".formatted(),
                printed());
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private interface Play {
        String play(Story story);
    }

    private static Scene scene(String title, Play play) {
        return new Scene() {
            @Override
            public int order() {
                return 1;
            }

            @Override
            public String title() {
                return title;
            }

            @Override
            public String play(Story story) {
                return play.play(story);
            }
        };
    }
}
