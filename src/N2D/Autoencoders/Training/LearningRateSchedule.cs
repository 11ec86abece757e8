using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>The schedules of the learning rate.</summary>
public enum LearningRateSchedule
{
    /// <summary>The learning rate stays constant, as in the N2D study.</summary>
    Constant,

    /// <summary>The learning rate decreases linearly to zero.</summary>
    Linear,

    /// <summary>The learning rate decreases to zero along half a period of a cosine (Loshchilov and Hutter, 2017).</summary>
    Cosine,
}

/// <summary>Computes schedules.</summary>
internal static class LearningRateSchedules
{
    /// <summary>Returns the factor of the learning rate at a point of the training.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="progress">The completed share of the training, 0 to 1.</param>
    public static double Factor(this LearningRateSchedule schedule, double progress) => schedule switch
    {
        LearningRateSchedule.Constant => 1,
        LearningRateSchedule.Linear => 1 - progress,
        LearningRateSchedule.Cosine => (1 + PortableMath.Cos(Math.PI * progress)) / 2,
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "Unknown schedule."),
    };
}
