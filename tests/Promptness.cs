namespace N2D.Testing;

/// <summary>What users are promised of Ctrl+C, as tests can hold it on a machine that has other things to do as well.</summary>
internal static class Promptness
{
    /// <summary>A second is promised; three leave room for the tests that run beside this one.</summary>
    private const double MostSeconds = 3;

    /// <summary>Work that does not look whether it is to end is late each time; a machine that had no processor for it is late once.</summary>
    private const int MostAttempts = 3;

    /// <summary>Holds work to its promise.</summary>
    /// <param name="stop">Begins the work, stops it, and gives the seconds from there to its end.</param>
    public static void AssertStopsWithinASecond(Func<double> stop)
    {
        var seconds = stop();
        for (var attempt = 1; attempt < MostAttempts && seconds > MostSeconds; attempt++)
        {
            seconds = stop();
        }

        Assert.InRange(seconds, 0, MostSeconds);
    }
}
