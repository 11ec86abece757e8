namespace N2D.Numerics;

/// <summary>Work that is divided into jobs, which can run at the same time and in any order.</summary>
internal interface IJobSet
{
    /// <summary>The number of jobs.</summary>
    int JobCount { get; }

    /// <summary>Runs a job. Each job writes only what belongs to it.</summary>
    /// <param name="job">The job, from 0.</param>
    void Run(int job);
}
