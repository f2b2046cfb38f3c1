import type { Catalogue } from '../speech.ts';

/** What training says: `src/descend`. */
export const training = (): Catalogue => ({
  messages: {
    // batches, stream
    '{0} does not count examples': '{0} 不是样本数',
    'the data have {0}': '数据的维度有 {0}',
    'the data cannot be cut into batches: no axis counts examples': '数据无法分批：没有一条轴是样本数',
    'the data cannot be cut into batches: the examples could be counted by {0}': '数据无法分批：{0!} 都可能是样本数',
    'say which with batchAxis (--batch-axis)': '请用 batchAxis（--batch-axis）指明',
    "give the examples' axis of the data a name: data X : [2, m]": '请给数据的样本轴命名：data X : [2, m]',
    '{0} is declared {1}: its entries sum to 1 over all examples, not over a batch':
      '{0} 声明为 {1}：它的元素在全部样本上之和为 1，在一批上则不然',
    'train with all examples at once, or declare it without the fact': '请一次用全部样本训练，或在声明时去掉这一性质',
    '{0} ties the examples together: a batch has another cost than all of them':
      '{0} 把各样本联系在一起：一批样本的代价不同于全部样本的代价',
    'derive with --parallel {0} tells how; without batches the cost is as it is written':
      '用 derive 的 --parallel {0} 可查看原因；不分批时代价就是所写的那个',
    '{0} counts the steps of a recurrence, each of which needs the one before: it cannot be cut':
      '{0} 计的是递推的步数，每一步都要用到前一步：不能切分',
    'train with all steps at once, and without parts for validation or test; several sequences have an axis of their own':
      '请用全部步数一起训练，不要划出验证或测试的部分；多个序列应有自己的一条轴',
    '{0} : [{1}] cannot be cut into batches along {2}': '{0} : [{1}] 无法沿 {2} 分批',
    '{0} alone must be the length of one of its axes, and of one only': '它有且只有一条轴的长度应为 {0}',
    '{0} needs all examples at once, and these come in batches': '{0} 需要一次用到全部样本，而这里的样本是分批给出的',
    'leave it out, or give all data at once': '请去掉它，或一次给出全部数据',
    'metrics are not told of examples that come in batches: {0}': '样本分批给出时不计算指标：{0!}',
    "of what was learned they are, where data are all there: predict(data, '{0}'), or eval --params FILE --quantity {1}":
      "学到参数之后，可对完整的数据计算：predict(data, '{0}')，或 eval --params FILE --quantity {1}",

    // parallel
    '{0} is no dimension of the source': '{0} 不是源中的维度',
    'its dimensions are {0}': '它的维度有 {0}',
    'give the axis that is split a name: data X : [m, 2]': '请给要分开的轴命名：data X : [m, 2]',
    'an array has no gradient to put together: the objective must be a number': '数组没有可以合起来的梯度：目标必须是一个数',

    // descend, step
    'the cost is {0} before the first step': '第一步之前代价就是{0!}',
    'look at the data and at the initial values: is there a division by 0, or the log of 0?':
      '请检查数据与初始值：是否除以了 0，或取了 0 的对数？',
    'the cost is {0} after epoch {1}, at the learning rate {2}': '第 {1} 轮之后代价是{0!}，学习率为 {2!}',
    'the cost is {0} within epoch {1}, at the learning rate {2}': '第 {1} 轮之中代价是{0!}，学习率为 {2!}',
    'its steps are as long as the learning rate: a smaller one comes nearer': '它的步长就是学习率：学习率越小，离极小值越近',
    '{0} is not finite any more, at the learning rate {1}': '{0} 不再是有限值，学习率为 {1!}',
    '{0} is no learning rate': '{0} 不是学习率',
    'it is a number from 0 on': '它是不小于 0 的数',
    'try a smaller learning rate, such as {0}': '请试试更小的学习率，如 {0}',
    'there is no memory for the costs of {0} epochs': '内存不足，容不下 {0} 轮的代价',
    '{0}the curvature at the start allows rates below {1}: try {2}': '{0!}起点的曲率允许小于 {1} 的学习率：请试试 {2}',
    '{0}try a smaller learning rate, such as {1}': '{0!}请试试更小的学习率，如 {1}',

    // choose, optimizers
    'the optimizer {0} has no {1}': '优化器 {0} 没有 {1}',
    '{0} {1} it: optimizer {2}': '{0!}{1!}此选项：optimizer {2}',
    'unknown optimizer {0}': '未知的优化器 {0}',
    'steps on some of the examples at a time': '每一步只用一部分样本',
    'a sum of squares of what is linear in the parameters: solved at once': '线性最小二乘问题：一步即可解出',
    'linear in the parameters': '代价是参数的线性函数',
    'a sum of squares of what is linear in the parameters, within bounds': '有界的线性最小二乘问题',
    'quadratic in the parameters, within bounds': '代价是参数的二次函数，参数有界',
    'quadratic in the parameters: solved at once': '代价是参数的二次函数：一步即可解出',
    'the square of one residual': '代价是一个残差的平方',
    'a sum of {0} squares with {1} numbers to learn: too many for the factors of their derivatives':
      '代价是 {0} 个残差的平方和，要学 {1} 个数：太多，不宜分解它们的导数',
    'a sum of {0} squares': '代价是 {0} 个残差的平方和',
    'smooth, with {0} to learn': '代价光滑，共有 {0!}要学习',
    'smooth, and all examples in each step': '代价光滑，每一步都用全部样本',
    'all examples in each step; the cost has kinks': '每步用全部样本；代价有角点',
    '{0} is for methods that step by a rate': '{0!} 只用于按学习率走步的方法',
    'the engine {0} runs methods whose step is one formula': '引擎 {0} 只执行每步为一个公式的方法',
    '{0} looks at the cost more than once in a step: the engine {1} does not run it': '{0} 一步之中多次求代价：引擎 {1} 不执行它',
    'the methods whose step is one formula are {0}': '每步为一个公式的方法有 {0}',
    '{0} finds its own steps: it has no {1}': '{0!} 自己确定步长，没有 {1!}',
    '{0} finds its own steps: the learning rate is not looked at': '{0!} 自己确定步长：学习率不起作用',
    '{0} needs all digits to find its steps: it computes in f64': '{0!} 确定步长需要全部精度：按 f64 计算',
    'leave it out, or choose a method that steps by a rate, such as adam': '请去掉它，或改用按学习率走步的方法，如 adam',
    'the standard errors are those of where the run stopped, which need not be the minimum':
      '标准误是在训练停止处求得的，那里未必是极小值',
    'run it until it converges: optimizer auto': '请训练到收敛为止：optimizer auto',
    'only solvers tell that they have come to it: leave out the options of methods that step by a rate':
      '只有求解器能判断是否到达极小值：请去掉按学习率走步的方法的选项',
    '{0} had not converged after {1} {2}': '{0} 在 {1} 轮之后尚未收敛',
    'no standard errors: {0} had not converged after {1} {2}': '没有标准误差：{0} 在 {1} 轮之后尚未收敛',
    'try more epochs, or another start': '请试更多轮次，或换一个起点',
    'try more epochs, another start, or optimizer auto': '请试更多轮次、换一个起点，或用 optimizer auto',
    '{0} stayed at the start: the learning rate, at most {1}, is too small to move {2}':
      '{0} 停在起点：学习率至多为 {1}，太小，不足以使{2!}移动',
    'try a larger learning rate': '请试更大的学习率',
    'look at the schedule, or try a larger learning rate': '请检查学习率计划，或试更大的学习率',
    '{0} takes all examples in each step, not batches': '{0} 每一步都用全部样本，不能分批',
    'leave the batch out, or choose adam': '请去掉 batch，或改用 adam',
    'give all data at once, or choose adam': '请一次给出全部数据，或改用 adam',
    '{0} needs a sum of squares, and the cost is none': '{0} 要求代价是平方和，而这里的代价不是',
    'lbfgs and newton take any cost; a sum of squares is written sum((…).^2) or mse(…)':
      'lbfgs 与 newton 适用于任何代价；平方和写作 sum((…).^2) 或 mse(…)',
    'a square has a negative weight: the cost is no sum of squares': '有一个平方的权重为负：代价不是平方和',
    'look at the data that weigh, or choose another optimizer: lbfgs': '请检查作为权重的数据，或选用另一个优化器：lbfgs',
    'no standard errors: {0}, which is no log-likelihood': '没有标准误差：{0!}，因此不是对数似然',
    'write all of it as a sum over the examples: sum(…) for mean(…)': '请全部写成对样本的求和：用 sum(…) 代替 mean(…)',
    'no standard errors: the cost adds squares that are halved, or divided by lengths, in different ways':
      '没有标准误差：代价所加的各平方，取半或除以长度的方式不同',
    'write all of them as sums by their variances: sum((…).^2)/s^2': '请全部写成除以各自方差的和：sum((…).^2)/s^2',
    'no standard errors: nothing in the fit depends on {0} at this place': '没有标准误差：在此处拟合不依赖 {0}',
    'leave {0} where it is, --fix {1}, or start it elsewhere': '请让 {0} 保持不变（--fix {1}），或让它从别处起步',
    'no standard errors: all that is learned lies at a bound': '没有标准误差：所学的参数都到达了界',
    'no standard errors: the data do not tell the entries of {0} apart': '没有标准误差：数据不能区分 {0} 的各个元素',
    'leave one of them where it is, such as --fix {0}, or leave it out of the model':
      '请让其中一个保持不变，例如 --fix {0}，或将它从模型中去掉',
    'no standard errors: the cost is no sum of squares of what depends on data': '没有标准误差：代价不是依赖数据之量的平方和',
    'of a negative log-likelihood they are told by --errors likelihood': '若代价是负对数似然，请用 --errors likelihood',
    'no standard errors: {0} numbers are learned, and they are told of {1} at most':
      '没有标准误差：学习了 {0} 个数，而最多只对 {1} 个数给出',
    'no standard errors: the cost does not curve upwards in all directions here':
      '没有标准误差：在此处代价并非在所有方向上都向上弯曲',
    'the data do not tell all parameters apart, or the run has not come to a minimum: optimizer newton':
      '数据不能区分所有参数，或运行尚未到达极小值：optimizer newton',
    'no standard errors: {0} for {1} to learn': '没有标准误差：学习 {1!}，只有 {0!}',
    'they need more observations than numbers: give more data, or --fix some':
      '观测要多于所学的数：请给出更多数据，或用 --fix 固定一些参数',
    'the cost is the mean of {0}: the log-likelihood is their sum': '代价是 {0} 项的平均：对数似然是它们的和',
    '{0} stayed at the start: {1} does not depend on {2}': '{0} 停在起点：{1!}不依赖{2!}',
    'use {0} in what is minimized, or leave it out': '请在要最小化的量中用到 {0}，或去掉它',
    'start {0} where the cost has a slope: param {1} = …': '请让 {0} 从代价有坡度之处起步：param {1} = …',
    'batch {0} has no value of {1}': '第 {0} 个批次没有 {1} 的值',
    'batch {0} has no examples: {1} is 0': '第 {0} 个批次没有样本：{1} 为 0',
    'batch {0}: {1}': '第 {0} 个批次：{1!}',
    'there are no examples to learn from: {0} is 0': '没有可供训练的样本：{0} 为 0',
    'data is an object of values by name, or batches of such, not {0}': 'data 应是按名称给出值的对象，或这样的批次，而不是{0!}',
    'say whose values they are: {0}': '请说明这些值属于哪个名称：{0}',
    'the source has no data: train(source, {}, options)': '源中没有数据：train(source, {}, options)',
    'data is an object of values by name, or batches of such, not a list of rows':
      'data 应是按名称给出值的对象，或这样的批次，而不是由行组成的列表',
    'a name has its whole column: { {0}: rows.map((row) => row.{1}), … }':
      '每个名称给出整列：{ {0}: rows.map((row) => row.{1}), … }',
    'that of {0} has it': '{0} 有此选项',
    'the schedule {0} has no {1}': '学习率计划 {0!} 没有 {1!}',
    'the validation cost was never better than at the start: the parameters are those of the start':
      '验证代价从未优于开始时：给出的参数是开始时的参数',
    'try a smaller learning rate, such as {0}, or more patience': '请试更小的学习率，例如 {0}，或更大的 patience',
    '--checkpoint-every says how often, and no --checkpoint says where':
      '--checkpoint-every 说明多久保存一次，但没有 --checkpoint 说明保存到哪里',
    'name a file: --checkpoint model.run': '请指定文件：--checkpoint model.run',
    'each batch gives the same names': '每个批次应给出相同的名称',
    'there is no {0}: {1} {2} without end along {3}': '没有{0}：{1} 沿 {3} 无止境地{2}',
    'declare where {0} may be, such as param {1} in 0..1': '请声明 {0} 的范围，例如 param {1} in 0..1',
    'this way there is no {0}: {1} {2} on and on along {3}, by less and less':
      '这个方向上没有{0}：{1} 沿 {3} 不断{2}，但越来越慢',
    'start elsewhere, stop where it is low enough, or keep {0} near: {1} norm({2})^2/1000':
      '请换一个起点，在足够低处停止，或使 {0} 保持较小：{1} norm({2})^2/1000',
    '{0} found no step that improves the cost, and no minimum either': '{0} 找不到能改进代价的步，也没有到达极小值',
    'start elsewhere, param {0} = …, or try another optimizer': '请换一个起点，如 param {0} = …，或换一个优化器',

    // what is trained
    'there is nothing to train: the source has no objective': '没有可训练的量：源没有目标',
    'end it with minimize Cost = …': '请以 minimize Cost = … 结尾',
    'only a scalar can be {0}': '只有标量才能{0!}',
    'is {0}': '是 {0}',
    'take its sum(…) or its mean(…)': '请取它的 sum(…) 或 mean(…)',
    'there is nothing to train: the source declares no parameter': '没有可训练的量：源没有声明参数',
    'declare what is to be learned: param w = 0': '请声明要学习的量：param w = 0',
    'there is nothing to train: the objective does not depend on {0}': '没有可训练的量：目标不依赖{0!}',
    '{0} {1}, at the learning rate {2}': '{0!} {1!}，学习率为 {2}',
    '{0} ended where the run started, going to and fro': '{0} 来回摆动，最后回到了起点',
    '{0} stayed at the start: the gradient is 0 there': '{0} 停在起点：那里的梯度是 0',
    'start elsewhere: param {0} = …, or ~ normal(0, 1)': '请换一个起点：param {0} = … 或 ~ normal(0, 1)',

    // fixed parameters, shares, scaling
    '{0} is no parameter that could stay fixed': '{0} 不是可以固定的参数',
    'the parameters are {0}': '参数有 {0}',
    '{0} of {1} examples is none': '{1} 个样本的 {0} 不足一个',
    'put a larger share aside': '请留出更大的比例',
    'of {0} examples none is left to learn from': '{0} 个样本中没有一个留下来训练',
    'validation and test are shares that together are less than 1': 'validation 与 test 的比例之和应小于 1',
    'patience needs a validation cost': 'patience 需要验证集上的代价',
    'put examples aside: validation 0.2': '请留出验证集：validation 0.2',
    'what is to be scaled is not clear: the prediction has no name': '无法确定要标准化哪些量：预测值没有名称',
    'name what the targets are compared with: A = …': '请给与目标值比较的量命名：A = …',
    'the parameters are those for {0} of mean 0 and deviation 1': '参数对应的是标准化（均值 0，标准差 1）后的 {0!}',
    'the parameters and the metrics are those for {0} of mean 0 and deviation 1':
      '参数与指标对应的是标准化（均值 0，标准差 1）后的 {0!}',

    // curve
    '{0} runs along the curve: it is no parameter': '{0} 是曲线的自变量，不是参数',
    'leave it out of the parameters': '请不要把它列入参数',
    'there is no parameter {0} in the source': '源中没有参数 {0}',
    'its names are {0}': '其中的名称有 {0}',
    'it has none': '其中没有名称',

    // checkpoint
    'a checkpoint of {0} epochs would be longer than a text can be': '{0} 轮的检查点会超过文本长度的上限',
    'ask for at most {0} of them': '最多 {0} 轮',
    'the run has too many parameters to be kept': '这次训练的参数太多，无法保存',
    'the run goes on without the native code that it was in: it ends with other last digits than in one go':
      '训练不再以原来的机器码运行：结果的末几位会与一次完成时不同',
    '{0} has {1} epochs behind it, and {2} are asked for': '{0} 已完成 {1} 轮，而这次只要求 {2} 轮',
    'epochs count from the beginning of the run: ask for more of them': '轮数从整个训练的开头算起：请要求更多轮',
    'the schedule gives {0} for epoch {1}, which is no learning rate': '调度函数为第 {1} 轮给出 {0}，这不是学习率',
    'it is called with the epoch, from 0 on, and the rate of the options: (epoch, lr) => lr/(1 + epoch)':
      '调用时给它轮数（从 0 起）和选项中的学习率：(epoch, lr) => lr/(1 + epoch)',
    '{0} is the checkpoint of {1}': '{0!} 是{1!}的检查点',
    'resume with what the run began with, or begin a new one without --resume':
      '请用训练开始时的模型、数据与选项恢复，或去掉 --resume 重新训练',
    '{0} batches of the epoch are done, and now they end after {1}': '这一轮已完成 {0} 个批次，而现在只有 {1} 个',
    'the batches are not those that the epoch began with': '这些批次不是这一轮开始时的批次',
    '{0} is no checkpoint': '{0!} 不是检查点',
    'one is written by train --checkpoint FILE': '检查点由 train --checkpoint FILE 写出',
    '{0} is a checkpoint of version {1}, which is not known here': '{0!} 是版本 {1} 的检查点，此处不认识这个版本',
    '{0} is damaged: it is not what was written': '{0!} 已损坏：内容与写入时不符',
    'it has not been changed; resume from another checkpoint, or begin a new run':
      '文件未作改动；请从另一个检查点恢复，或重新训练',
  },
  parts: {
    them: '它们',
    'the cost is divided by a sum of data': '代价除以了数据之和',
    'the cost adds a mean and what is none': '代价把平均与非平均相加',
    'the cost adds means over different numbers of entries': '代价把项数不同的平均相加',
    '{0} numbers': '{0} 个数',
    'one observation': '1 个观测',
    minimum: '极小值',
    maximum: '极大值',
    falls: '下降',
    rises: '上升',
    'not a number': '非数',
    infinite: '无穷大',
    maximized: '最大化',
    minimized: '最小化',
    'the cost': '代价',
    'ended far from its start, at {0} after {1}': '远离了起点，从 {1} 变为 {0}',
    'grows without end, from {0} to {1}': '不断增大，从 {0} 变为 {1}',
    '{0} grew most, to {1}; ': '{0} 增长最多，达到 {1}；',
    'one number': '1 个数',
    has: '有',
    have: '有',
    'any parameter that is not fixed': '任何未固定的参数',
    'any parameter': '任何参数',
    'the state to resume from': '要恢复的状态',
    'another model': '另一个模型',
    'other data': '另一组数据',
    'a run with {0} {1}, not {2}': '{0} 为 {1!}（而不是 {2!}）的训练',
  },
});
