using System.Runtime.CompilerServices;
using Mayhem.FrameCapture.Samples;

namespace Mayhem.FrameCapture.Tests.Weaving;

public class StructMachinesTests
{
    [Fact]
    public void StateMachines_OfAsyncMethodsCompiledAsForRelease_AreStructs()
    {
        var machines = typeof(Asynchronous).Assembly.GetTypes().Where(type => type.GetInterfaces() is [var only] && only == typeof(IAsyncStateMachine)).ToArray();

        Assert.NotEmpty(machines);
        Assert.All(machines, machine => Assert.True(machine.IsValueType, machine.FullName));
    }

    [Fact]
    public async Task AsyncMethod_ThatNeedNotWait_AllocatesNothing()
    {
        var sample = new Asynchronous();
        for (var warmUp = 0; warmUp < 3; warmUp++)
            Assert.Equal(7, await sample.Immediate(3));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = await sample.Immediate(3);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(7, result);
    }

    [Fact]
    public async Task GenericAsyncMethod_ThatWaitsTwice_KeepsItsVariables() =>
        Assert.Equal(["a", "b", "b"], await Asynchronous.Twice("a", "b"));
}
