package dev.x402.testbed.svm;

import java.math.BigInteger;
import java.util.List;

/**
 * The accounts of every local Solana; the seed of each key is the SHA-256 of "x402 testbed " and its name.
 *
 * <p>All have SOL; the payers own {@link #FUNDS} of both dollars, the payee's token accounts of both are empty.
 */
public final class SvmAccounts {

    /** What a payer owns of each dollar at the start: one million, in atomic units. */
    public static final BigInteger FUNDS = BigInteger.valueOf(1_000_000_000_000L);

    /** What each fee payer owns at the start: a thousand SOL, in lamports. */
    public static final BigInteger FEES = BigInteger.valueOf(1_000_000_000_000L);

    /** What everybody else owns at the start: ten SOL, in lamports. */
    public static final BigInteger POCKET_MONEY = BigInteger.valueOf(10_000_000_000L);

    /** The fee payers of a facilitator, "fee payer 1" and on. */
    public static final List<SvmAccount> FEE_PAYERS = List.of(
            new SvmAccount(
                    "J9H3w5qbNTycEhot4TUq2an5HHtbndxbajuPQu8ghkQ4",
                    "5FNnBNDkdrPSmRsVLQ9h1JqVLiTkJsJCqg3qrBA1wsFfRN16bAmcs9AnX4qozDybd6QEGEjnej7MgoWjkfxSrAgc"),
            new SvmAccount(
                    "5YqhL5iyAQWxYUc8KMbjvuafsf1UnX8HFzvbjt3YGrFo",
                    "2wwnWbgWrRFSZ2cLKs38mcnGeGfZYfBTSy4Tj9xk9WqmGGkvpAF3GhwtLuYye9p6gHanKgvrYKsMg4QnaRPVuQ1j"),
            new SvmAccount(
                    "HPHGEHETAfjZ4Y76QPoZWo4vAWdsYwTtF2LPKcA3ifeh",
                    "678wjwdJtG9d9PJQAvV1uj86GG8LMNt5k7fR4we9UgoUjcEEw6hWF7pvXyUAMi7JLhof4pkQp4KjhdWrrGP6kaAM"),
            new SvmAccount(
                    "5Lgh4UStAhLKpADgat2FNrhSjsLEpp2EXQ9WwwoeXzuM",
                    "dceNFHkLMZ38HxoYVXBVysBzqg79U91bLo8U7yN9a23nA5J9RyBbjXVkPuzEumZ23SeWm7SKTxYwS9cBJbxd7y9"));

    /** The payers, "payer 1" and on. */
    public static final List<SvmAccount> PAYERS = List.of(
            new SvmAccount(
                    "C3PxQn8qugK6B85eXniw6jCs76iKKiNdHz6PHqvneW6Y",
                    "UvzRrJxbjBqvJdyjHxD61uX1beDpwbb5zMd6gyxbWh6mK4XuZ4uStjPPRAXiseTVbQfCY5CFCUnZPQYwwh7Pe7n"),
            new SvmAccount(
                    "2TYwd3a11R1YzSfHEZNBEkL7AjAGqZRq9jMQNNGavxQP",
                    "sXnEKKfdfjSoV27ro8xwa5cinZkP5uGj1xYPAsEc7qC4cycd3sw6MPcLYx9f3BXarC9dgHNo7ArJoXasSxjpNqM"),
            new SvmAccount(
                    "Cs7z6pdyYobqg7RXobhGYaSnHkNQekCN5yhp2krLztX1",
                    "2bnCHFABAzjvFstUUXeSGLQQ8t6s5CyHimkpiGVscDJmjySA8rxA9eaD31FLBXQTZSCh442Yhd2asXtVPFnGggu5"));

    /** The one who is paid, "payee". */
    public static final SvmAccount PAYEE = new SvmAccount(
            "HcNv35a3HFuTQ3NjnTsBsR326vVBRVRqC1WnCWqCBw13",
            "MPGXg7CBFoZ5gxkmzSySvacZi9mzAug22mMVs5djCtDFwrmtkx4Drtdft5myPYc4E79kWAxjKBkL9Fcg9d3Cqqb");

    /** One who has nothing to do with any payment and no token account, "stranger". */
    public static final SvmAccount STRANGER = new SvmAccount(
            "8yCsLLUtQNj28p9K8W514Vohtbm1vHVLzYVqno99SNKZ",
            "3MoFtHUhpHSmYESB3KKNBd678h4zjufSs72csJvvNG6B1aT3tzmnDBEcUix9JpxTY14aoQzLpMMdTMcaxsLMcCBh");

    /** The authority of every mint, "issuer". */
    public static final SvmAccount ISSUER = new SvmAccount(
            "5ou2fR3TbbArbAGqeTFYt5Qt24pazYvaRE5zkk8GFwnY",
            "5X1XmvZ8NHGT2CTmoTg6cdQQRA7vEN922KKs6sbHf6Br2PaCg7Cw2v6hHd6bJXTsFT2H5wZbJg7GTo1yh6YTikJU");

    private SvmAccounts() {}

    /** Returns the first fee payer. */
    public static SvmAccount feePayer() {
        return FEE_PAYERS.get(0);
    }

    /** Returns the first payer. */
    public static SvmAccount payer() {
        return PAYERS.get(0);
    }
}
