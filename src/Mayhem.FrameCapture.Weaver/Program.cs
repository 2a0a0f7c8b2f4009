using Mayhem.FrameCapture.Weaver;

// Errors in the form that MSBuild shows as errors of the build.
try
{
    var arguments = Arguments.Parse(args);
    var outcome = AssemblyWeaver.Weave(arguments);
    Console.WriteLine($"FrameCapture: {Path.GetFileName(arguments.Assembly)}: {outcome}");
    return 0;
}
catch (UsageException error)
{
    Console.Error.WriteLine($"FrameCapture : error MAYHEM010: {error.Message}");
    return 2;
}
catch (Exception error)
{
    Console.Error.WriteLine($"FrameCapture : error MAYHEM011: {args[0]} could not be woven: {error.GetType().Name}: {error.Message} Build with -p:FrameCapture=false to go on without.");
    Console.Error.WriteLine(error.StackTrace);
    return 1;
}
