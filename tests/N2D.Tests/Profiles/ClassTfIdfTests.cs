using N2D.Profiles;

namespace N2D.Tests.Profiles;

public sealed class ClassTfIdfTests
{
    [Fact]
    public void Scores_AreThoseOfTheFormula_OnScikitLearnsCounts()
    {
        // CountVectorizer(stop_words=["for", "on"]) of scikit-learn 1.2.1 on the three groups; then, in NumPy,
        // C / C.sum(1, keepdims=True) * log(1 + C.sum(1).mean() / C.sum(0)).
        string[] texts = ["login failed for user admin", "login", "disk full on volume data disk", "login ok user guest"];
        var words = ClassTfIdf.Of(texts, [0, 0, 1, 2], 3, 4, Execution.Default);
        AssertWords(words[0], ("login", 2, 0.3753078554371721), ("admin", 1, 0.3469202110776213), ("failed", 1, 0.3469202110776213),
            ("user", 1, 0.2407945608651872));
        AssertWords(words[1], ("disk", 2, 0.4815891217303744), ("data", 1, 0.3469202110776213), ("full", 1, 0.3469202110776213),
            ("volume", 1, 0.3469202110776213));
        AssertWords(words[2], ("guest", 1, 0.4336502638470266), ("ok", 1, 0.4336502638470266), ("user", 1, 0.300993201081484),
            ("login", 1, 0.23456740964823256));
    }

    [Fact]
    public void WordsRarerInAGroupThanElsewhere_AreLeftOut()
    {
        var words = ClassTfIdf.Of(["barolo grignolino barolo", "grignolino grignolino"], [0, 1], 2, 10, Execution.Default);
        Assert.Equal("barolo", Assert.Single(words[0]).Word);
        Assert.Equal("grignolino", Assert.Single(words[1]).Word);
        Assert.Equal(2, ClassTfIdf.Of(["barolo grignolino barolo"], [0], 1, 10, Execution.Default)[0].Length);
    }

    [Fact]
    public void AGroupWithoutWords_HasNone()
    {
        var words = ClassTfIdf.Of([null, "42 7", "word"], [0, 0, 1], 2, 10, Execution.Default);
        Assert.Empty(words[0]);
        Assert.Equal("word", Assert.Single(words[1]).Word);
    }

    [Theory]
    [InlineData("Login FAILED", "login failed")]
    [InlineData("10.0.0.17:443 x a1 err_code=0x1F", "a1 err_code 0x1f")]
    [InlineData("Störung - größe", "störung größe")]
    [InlineData("The disk is not on", "disk not")]
    [InlineData("", "")]
    public void Words_AreRunsOfLettersDigitsAndUnderscores_WithALetter(string text, string words) =>
        Assert.Equal(words, string.Join(' ', WordTokens.Of(text)));

    private static void AssertWords(WordScore[] words, params (string Word, int Count, double Score)[] expected)
    {
        Assert.Equal(expected.Select(word => (word.Word, word.Count)), words.Select(word => (word.Word, word.Count)));
        Assert.All(words.Zip(expected), pair => Assert.Equal(pair.Second.Score, pair.First.Score, 1e-15));
    }
}
