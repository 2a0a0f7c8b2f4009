namespace Mayhem.Model.Worlds;

/// <summary>How far the time has come in which a delivery is handled alone.</summary>
internal enum TrialStage
{
    /// <summary>It is handled beside others.</summary>
    None,

    /// <summary>It may be on record.</summary>
    Beginning,

    /// <summary>It is on record.</summary>
    Begun,

    /// <summary>It may be crossed out.</summary>
    Ending,

    /// <summary>It is crossed out.</summary>
    Outlived,
}
