namespace N2D.Autoencoders;

/// <summary>How the step size goes on from the one that was asked for.</summary>
public enum LearningRateSchedule
{
    /// <summary>It stays, as in the N2D study.</summary>
    Constant,

    /// <summary>It falls to nothing in a straight line.</summary>
    Linear,

    /// <summary>It falls to nothing along half a period of the cosine (Loshchilov and Hutter, 2017).</summary>
    Cosine,
}

/// <summary>Reads schedules.</summary>
internal static class LearningRateSchedules
{
    /// <summary>The share of the first step size at a point of the training.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="progress">How much of the training is done, 0 to 1.</param>
    public static double Share(this LearningRateSchedule schedule, double progress) => schedule switch
    {
        LearningRateSchedule.Constant => 1,
        LearningRateSchedule.Linear => 1 - progress,
        LearningRateSchedule.Cosine => (1 + Math.Cos(Math.PI * progress)) / 2,
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "There is no such schedule."),
    };
}
