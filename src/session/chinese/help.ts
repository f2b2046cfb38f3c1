import type { Catalogue } from '../../language/speech.ts';

/** What the help says: of commands and options, of kinds of errors, of the session. */
export const help = (): Catalogue => ({
  messages: {
    // titles and commands
    'Usage:': '用法：',
    'Arguments:': '参数：',
    'Options:': '选项：',
    'Global Options:': '通用选项：',
    'Commands:': '命令：',
    'Examples:': '示例：',
    'display help for command': '显示命令的帮助',
    'output the version number': '显示版本号',
    'Symbolic derivatives: derived step by step, checked, compiled and trained.': '符号求导：逐步推导、检验、编译与训练。',
    'Without a command: a session on a terminal; a model on standard input is derived.':
      '不带命令：在终端上打开会话；对标准输入的模型求导。',
    'help on a command, an option, a function, a rule, a kind of error, or whatever the documentation speaks of':
      '关于命令、选项、函数、法则、错误种类或文档所述内容的帮助',
    'derive, --batch, sin, shape, chain rule, learning rate; functions lists the functions of the language':
      'derive、--batch、sin、shape、链式法则、学习率；functions 列出语言的全部函数',
    'and {0} more: ask with another word beside it': '还有 {0} 项：请再加一个词',
    'ask with another word; the functions are listed by help functions, options by train --help':
      '请换一个词；help functions 列出函数，train --help 列出选项',
    'print the script that makes a shell complete commands and options': '打印使 shell 能补全命令与选项的脚本',
    'a .grad file, - for standard input, or the source itself': '.grad 文件、表示标准输入的 -，或源本身',
    'a model: {0}': '模型：{0!}',
    'derive an expression or a model, step by step': '逐步推导表达式或模型的导数',
    'derive a model, then train its parameters by gradient descent': '推导模型的导数，再用梯度下降训练它的参数',
    'compare the derivatives with differences of the function itself, or judge a derivative that you wrote':
      '把导数与函数本身的差分比较，或判断你写的导数',
    'serve the page where a model is typed, derived, checked and trained, and open it in the browser':
      '提供可输入模型并推导、验证、训练的网页，并在浏览器中打开',
    'where it is served (default: 7340, or one that is free)': '提供网页的端口（默认 7340，或任一空闲端口）',
    'only serve it, and print the address': '只提供网页，并打印地址',
    'the page in the browser': '在浏览器中打开网页',
    'with a model of yours': '带上你的模型',
    'only served, on a port of your choice': '只提供网页，端口由你指定',
    'the page is not built': '网页尚未构建',
    'the model is too long for an address: {0} characters of {1}': '模型太长，地址放不下：{0} 个字符，最多 {1} 个',
    'open the page without it, and drop the file there': '请不带模型打开网页，再把文件拖进去',
    'no browser was found to open it': '没有找到可以打开它的浏览器',
    'port {0} is taken': '端口 {0} 已被占用',
    'port {0} cannot be used: {1}': '端口 {0} 无法使用：{1!}',
    'without --port a free one is found': '不写 --port 会自动找一个空闲端口',
    "the value of an expression; a model's values and gradient where it starts": '表达式的值；模型在起点处的值与梯度',

    // options
    'colours: on a terminal if left out': '颜色：不写则只在终端上使用',
    'the shape of a name that the source does not declare: X=2,m': '源没有声明的名称的形状：X=2,m',
    'the language of words, errors and warnings': '词句、错误与警告的语言',
    '{0} (default: {1})': '{0!}（默认 {1}）',
    'print {0} as JSON, in full precision': '以 JSON 打印{0!}，保留全部精度',
    'how to write it': '书写格式',
    'the same as --format json': '等同于 --format json',
    'the model with its derivatives as a program in another language': '把模型及其导数写成另一种语言的程序',
    'write the files into a folder; to standard output if left out': '把文件写入文件夹；不写则写到标准输出',
    'split this dimension over devices: may gradients be averaged or added, what is sent, what each device holds':
      '把这个维度分到多台设备上：梯度可否求平均或相加，发送什么，每台设备存放什么',
    'the language of the program': '程序的语言',
    'threads that share the work of large programs, where the backend has them (default: one a core, 8 at most)':
      '分担大型程序计算的线程数，在后端支持时（默认每核一个，最多 8 个）',
    'a·b + c may be rounded once where the machine can, which is faster': '在机器支持时，a·b + c 可以只舍入一次，这样更快',
    'doubles, or half the memory': '双精度，或只用一半内存',
    'written: {0}': '已写入：{0}',
    '{0} makes {1} files': '{0} 产生 {1} 个文件',
    'say where they go: -o FOLDER': '请说明写到哪里：-o FOLDER',
    'cannot make the folder {0}: {1}': '无法创建文件夹 {0}：{1}',
    'a program with its derivative, in NumPy': '带导数的 NumPy 程序',
    'in JAX, single precision': 'JAX，单精度',
    'write to a file': '写入文件',
    'what its program does instead: statements, operations, memory': '改为列出程序所做的事：语句、运算量、内存',
    'every value beside its formula, forward and backward, and a step of descent': '在每个公式旁写出正向与反向的值，并走一步下降',
    'the learning rate of the step among the numbers (default: the largest of 1, 0.1, 0.01, … that improves)':
      '数值中那一步的学习率（默认取 1、0.1、0.01…… 中能改进的最大者）',
    'write a page with the derivation, the curve and pictures: report.html': '写出含推导、曲线与图的页面：report.html',
    'print neither the derivation nor the progress': '不打印推导与进度',
    'x=2, or x=[1,2]; may be repeated': 'x=2 或 x=[1,2]；可以重复',
    'of the initial values': '初始值的随机种子',
    'significant digits': '有效数字的位数',
    'numbers that the arrays may hold': '数组可容纳的数的个数',
    'derive by these names: W,b': '对这些名称求导：W,b',
    'the n-th derivative, by one name': '对一个名称的 n 阶导数',
    'of the points': '取点的随机种子',
    'how many random points': '随机点的个数',
    "is it right? W: dZ*X'; may be repeated": "是否正确？W: dZ*X'；可以重复",
    'passes over the data': '遍历数据的轮数',
    'how programs run: {0}': '程序如何运行：{0!}',
    'the learning rate, of {0}': '学习率，其中 {0}',
    'how to descend; {0} lets what the symbols tell decide': '优化方法；{0} 由式子的性质自动选定',

    // optimizers and solvers
    'gradient descent that keeps a share of its speed from step to step': '保留部分速度的梯度下降',
    'the share of its speed that a step keeps': '每一步保留的速度份额',
    'momentum that looks ahead: the step adds the speed it will have': '向前看的动量法：这一步加上更新之后的速度',
    'each entry divided by the length of all its gradients so far': '梯度的每个元素除以它历次梯度的平方和的平方根',
    'each entry divided by the root mean square of its last gradients': '梯度的每个元素除以它近期梯度的均方根',
    'how slowly the mean of the squares forgets': '平方平均值的衰减率',
    'steps along the mean of the gradients, each entry divided by their root mean square':
      '沿梯度的平均值下降，每个元素除以其均方根',
    'Adam whose weights decay beside it, not through their gradients': '权重直接衰减、不经过梯度的 Adam',
    'how slowly the mean of the gradients forgets': '梯度平均值的衰减率',
    'how slowly the mean of their squares forgets': '梯度平方平均值的衰减率',
    'is added to the root below the line': '加到分母的平方根上',
    'L-BFGS: curvature from the last steps, each by a line search with the strong Wolfe conditions':
      'L-BFGS：由最近几步估计曲率，每一步按强 Wolfe 条件线搜索',
    'how many of the last steps are remembered': '记住最近的多少步',
    'Newton: the symbolic matrix of second derivatives, made positive definite where it is not':
      '牛顿法：用符号推导的黑塞矩阵，不正定时修正为正定',
    'Newton by conjugate gradients: products with the second derivatives, never their matrix':
      '共轭梯度牛顿法：只用黑塞矩阵与向量之积，不构造矩阵',
    'Levenberg–Marquardt, for sums of squares: the symbolic derivatives of the residuals, within a reach that adapts':
      'Levenberg–Marquardt 法，用于平方和：用符号推导的残差导数，信赖域自动调整',
    'trial steps up and down, one entry after the other, the learning rate long: no derivative':
      '逐个元素上下试探，步长为学习率，不用导数',
    'how small the slope, or the step that is left, is as a share of what it belongs to where a minimum is reached':
      '收敛容差：梯度或余下一步的相对大小不超过它，即视为到达极小值',
    'gradient descent: a step against the gradient, the learning rate long': '梯度下降：沿负梯度走一步，步长为学习率',
    'examples in a step (default: all)': '每一步的样本数（默认全部）',
    'the dimension that counts the examples, where it is not clear': '样本数是哪个维度，在不明确时指明',
    'take the examples in a new order in every epoch': '每一轮都打乱样本的次序',
    'of the initial values and the order': '初始值与次序的随机种子',

    // training and its data
    'how the learning rate changes from epoch to epoch; in the API also a function (epoch, lr) => rate':
      '学习率逐轮变化的方式；在 API 中也可用函数 (epoch, lr) => rate',
    'epochs in which the learning rate rises to where it starts': '预热轮数：在这些轮中学习率逐步升到初始值',
    'what the schedules step (0.1) and exponential (0.99) multiply the rate by':
      '方式 step（0.1）与 exponential（0.99）中学习率每次乘的因子',
    'epochs between two changes of the schedule step': '方式 step 每隔多少轮改变一次学习率',
    'shorten gradients that together are longer': '梯度裁剪：全部梯度合起来的长度超过它时缩短',
    'a share of the weights is added to their gradient; adamw lets them decay by it (0.01)':
      '权重衰减：梯度加上权重的这一份额；adamw 则直接按它衰减（0.01）',
    'parameters that stay where they start: b': '固定在初始值的参数：b',
    'learn on features of mean 0 and deviation 1; parameters are told for the data as they came, where that can be':
      '用标准化的特征（均值 0，标准差 1）训练；能换算时，给出的参数对应原来的数据',
    'the share of the examples that is put aside to watch the cost on': '留作验证集的样本比例，用来观察代价',
    'the share of the examples that is put aside for the end': '留作测试集的样本比例，训练结束后才用',
    'stop after so many epochs without a better validation cost, and go back to the best':
      '验证代价连续这么多轮没有改进便停止，并退回到最好的一轮',
    'standard errors of a fit from: the residuals of least squares; a negative log-likelihood; least squares whose weights are 1/σ² of known errors':
      '拟合的标准误由何得出：最小二乘的残差；负对数似然；以已知误差的 1/σ² 为权重的最小二乘',
    'what does the steps in place of our own programs: jax, in a Python that has it':
      '代替自带程序执行各步的引擎：jax，在装有它的 Python 中运行',
    'the Python of the engine (default: GRADUS_PYTHON, or python3)': '引擎所用的 Python（默认：GRADUS_PYTHON 或 python3）',
    'processes of the engine, which share the examples: started here': '引擎的进程数，它们分担样本，在本机启动',
    'of a process of many that something else starts: HOST:PORT of the first':
      '用于由别处启动的多个进程之一：第一个进程的 HOST:PORT',
    'of a process of many: which it is, from 0 on': '用于多个进程之一：它的编号，从 0 起',
    'how long a process waits for the others (default: 8, or 60 under a scheduler)':
      '等待其他进程的秒数（默认：8，由调度器启动时 60）',
    'keep the state of the run in a file, so that it survives': '把训练的状态存入文件，中断后可以恢复',
    'how often: after so many steps, or seconds: 10s': '存检查点的间隔：步数，或秒数：10s',
    'go on from a checkpoint: the run ends where it would have ended': '从检查点继续：结果与不中断时相同',
    'write what was learned, for eval --params: params.json, or params.npz where there are no classes or means of the data to keep':
      '写出学到的参数，供 eval --params 使用：params.json 或 params.npz',
    'tell the progress as JSON, an object a line on standard error': '以 JSON 报告进度，标准错误上每行一个对象',
    'parameters that were learned: what train --save or train --json wrote': '学到的参数：由 train --save 或 train --json 写出',
    'named quantities alone, of what they depend on: A2': '只求指定的量，只需给出它们所依赖的值：A2',
    'write the quantities to a file: a table, .csv, or .json; - for the table on standard output':
      '把这些量写入文件：表格 .csv，或 .json；- 把表格写到标准输出',

    'one line a step, or the reasons too': '每步一行，或连同理由',
    'products and sums as matrices, or entry by entry': '乘积与和写成矩阵，或逐元素写出',

    // examples
    'a derivative, step by step': '逐步求导',
    'a model, trained': '训练一个模型',
    'all that is known about a function': '关于一个函数的全部信息',
    'the product rule, applied and checked': '应用并检验乘积求导法则',
    'by one name, with the reasons': '对一个名称求导，连同理由',
    'by a matrix, as LaTeX': '对矩阵求导，写成 LaTeX',
    'whether the examples can be split over devices': '样本能否分到多台设备上',
    'the derivation, then the minimum': '先是推导，再求最小值',
    'the result as JSON': '以 JSON 给出结果',
    'the derivative against differences': '导数与差分比较',
    'whether yours is right': '你写的是否正确',
    'a product, as JSON': '乘积，写成 JSON',
    'a function: its value, its derivative, where it holds': '函数：它的值、导数、成立的范围',
    'a kind of error, and the way out': '一种错误，以及解决办法',
    'every function, a line each': '全部函数，每个一行',
    'in ~/.bashrc, after bash-completion: eval "$(gradus completion bash)"':
      '写在 ~/.bashrc 中 bash-completion 之后：eval "$(gradus completion bash)"',
    'in ~/.zshrc, after compinit: source <(gradus completion zsh)':
      '写在 ~/.zshrc 中 compinit 之后：source <(gradus completion zsh)',
    'in config.fish: gradus completion fish | source': '写在 config.fish 中：gradus completion fish | source',

    // kinds of errors
    meaning: '含义',
    example: '例子',
    'way out': '解决办法',
    'The source cannot be read: a bracket, an operand or a sign is missing, or is one too many.':
      '源无法读取：缺少或多出了括号、运算数或符号。',
    'Look at the mark below the line: what is wrong is there or just before it.':
      '请看该行下面的标记：错误就在那里，或紧挨在它之前。',
    'A name or a function is not known there, or is given twice.': '名称或函数在该处未知，或给出了两次。',
    'Take the spelling of the hint; gradus help functions lists the functions.':
      '请采用提示的写法；gradus help functions 列出全部函数。',
    'Arrays do not fit one another: lengths differ that must be alike.': '数组不相容：应当相同的长度不同。',
    'Compare the shapes beside the mark; transpose one array, or use .* for products entry by entry.':
      '请比较标记旁的形状；转置其中一个数组，或用 .* 作逐元素乘积。',
    'A function or an option is given something that it does not take, or too much or too little of it.':
      '给函数或选项的内容不是它所要的，或过多、过少。',
    'gradus help sin says what a function takes.': 'gradus help sin 说明函数需要什么。',
    'A value is missing or is no number, or a file cannot be read or is not what its name says.':
      '缺少值，或值不是数；或文件无法读取，或内容与名称不符。',
    'Give the value with --set x=2, or a file with --data values.json.':
      '请用 --set x=2 给出值，或用 --data values.json 给出文件。',
    'No point was found where the function and its derivatives are finite.': '没有找到函数及其导数都有限的点。',
    'Look at where the function is defined; give check values there with --data.':
      '请查看函数的定义域；用 --data 给 check 提供其中的值。',
    'The source makes sense, but this engine does not do it.': '源有意义，但本引擎做不到。',
    'Write it another way; the message says what the bound or the reason is.': '请换一种写法；错误信息说明了界限或原因。',
    'The work or the result would be too large, and is refused before it fills the memory.':
      '计算量或结果过大，在占满内存之前即被拒绝。',
    'Take smaller sizes, or raise the bound with --max-entries if the memory is there.':
      '请减小尺寸；若内存足够，可用 --max-entries 提高上限。',
    'Another engine was to train, and cannot be started there, or one of its processes ended.':
      '要用另一个引擎训练，但它无法启动，或它的一个进程已结束。',
    'Do what the hint says; go on from a checkpoint with --resume, or leave --engine out.':
      '请照提示去做；可用 --resume 从检查点继续，或不写 --engine。',
    'Training came to values that are not finite, or grew without end.': '训练得到了非有限的值，或不断增大。',
    'Take a smaller learning rate: --lr 0.1.': '请用更小的学习率：--lr 0.1。',
    'The command line is not one: an option, a name to derive by or a file is missing or wrong.':
      '命令行有误：缺少或写错了选项、求导的名称或文件。',
    'gradus derive --help says what a command takes.': 'gradus derive --help 说明命令需要什么。',

    // functions
    arguments: '自变量',
    spellings: '其他写法',
    notation: '记号',
    value: '值',
    derivative: '导数',
    domain: '定义域',
    range: '值域',
    why: '理由',
    lemma: '引理',
    everywhere: '处处成立',
    'from {0} to {1}': '从 {0} 到 {1}',
    '{0} or more': '{0} 个或更多',
    'an integer as argument {0}': '第 {0} 个自变量为整数',
    'left out at the end: {0}': '末尾省略时取 {0}',
    'then rows, cols or the name of a length': '之后可写 rows、cols 或长度的名称',
    'entry by entry': '逐元素',
    'derivatives: {0}': '导数：{0}',
    'the gradient of a scalar, in the shape of x': '标量的梯度，形状与 x 相同',
    'all derivatives, [f…, x…]': '全部导数，[f…, x…]',
    'second derivatives': '二阶导数',
    'by several scalars at once: a column, a matrix': '同时对几个标量：一列，一个矩阵',
    "twice by x, then by y; also `∂f/∂x`, `∂²f/(∂x ∂y)`, `d/dx f`, `f'(x)`":
      "对 x 求导两次，再对 y 求导；也可写 `∂f/∂x`、`∂²f/(∂x ∂y)`、`d/dx f`、`f'(x)`",
    'Jacobian times v, v times Jacobian, Hessian times v, without the matrix':
      '雅可比矩阵乘 v、v 乘雅可比矩阵、黑塞矩阵乘 v，不求出矩阵',
    'where a function bends, as |x| at 0: the slope of least size is taken there, 0 of abs and relu, half for each of max(x, y)':
      '函数弯折之处，如 |x| 在 0 处：那里取绝对值最小的斜率，abs 与 relu 取 0，max(x, y) 各取一半',
    'where a function leaps from one value to another, as step(x) at 0; beside it the derivative is 0':
      '函数从一个值跳到另一个值之处，如 step(x) 在 0 处；两侧导数为 0',
    'one case of a choice, as of max(x, y) or x > 0 ? x : 0: the derivative is that of the case':
      '选择的一种情形，如 max(x, y) 或 x > 0 ? x : 0 的一种：导数就是该情形的导数',
    'what arrives at a quantity on the way back from the objective: dZ is ∂Cost/∂Z':
      '从目标往回传时到达一个量的值：dZ 就是 ∂Cost/∂Z',

    // commander
    "error: missing required argument '{0}'": "错误：缺少必需的参数 '{0}'",
    "error: option '{0}' argument missing": "错误：选项 '{0}' 缺少值",
    'error: {0} cannot be used with {1}': '错误：{0!} 不能与 {1!} 同用',
    "error: unknown option '{0}'{1}": "错误：未知的选项 '{0}'{1}",
    'error: too many arguments{0}. Expected {1} argument{2} but got {3}.': '错误：参数太多{0!}，应有 {1} 个，给出了 {3} 个。',
    "error: unknown command '{0}'{1}": "错误：未知的命令 '{0}'{1}",
    "error: option '{0}' argument '{1}' is invalid.": "错误：选项 '{0}' 的值 '{1}' 无效。",
    "error: command-argument value '{0}' is invalid for argument '{1}'.": "错误：'{0}' 不能作为参数 '{1}'。",
    'Allowed choices are {0}.': '可选：{0}。',
    'choices: {0}': '可选：{0}',
    'default: {0}': '默认 {0!}',
    'every entry is greater than 0, which a parameter stays in descent': '每个元素都大于 0；参数在下降中保持如此',
    'every entry lies from the one number to the other, both included, where a parameter stays in descent':
      '每个元素都在两数之间（含端点）；参数在下降中保持如此',
    'every entry is a whole number: data and constants only, as descent takes steps of any length':
      '每个元素都是整数：只用于数据与常数，因为下降的步长是任意的',
    'a matrix that is its own transpose: its derivative is that among symmetric matrices, and a parameter stays so':
      '等于自身转置的矩阵：导数在对称矩阵之中取，参数保持对称',
    'entries from 0 to 1 that sum to 1, all of them or along an axis (distribution rows): of data only':
      '元素在 0 到 1 之间，全部之和或沿一条轴（distribution rows）之和为 1：只用于数据',
    'a single 1 among zeros, all of them or along an axis (onehot rows): of data only; labels in words become one':
      '只有一个 1，其余为 0，就全部元素或沿一条轴（onehot rows）而言：只用于数据；文字标签会变成这样的数组',
    options: '选项',
    command: '命令',
    '(Did you mean {0}?)': '（是否想写 {0}？）',
    '(Did you mean one of {0}?)': '（是否想写其中之一：{0}？）',

    // the session
    'an expression: its normal form, its shape, its value': '表达式：它的标准形式、形状与值',
    'a definition; data, param, const, minimize as in a file': '定义；data、param、const、minimize 与文件中相同',
    'its steps; also d/dW Cost, ∂Cost/∂W, derive Cost W, b': '它的步骤；也可写 d/dW Cost、∂Cost/∂W、derive Cost W, b',
    'A line goes on while a bracket is open, after an operator, and after \\.': '括号未闭合、以运算符或 \\ 结尾时续行。',
    'Tab completes names and files, \\alpha to α. Ctrl-R finds what was typed,':
      'Tab 补全名称与文件，\\alpha 变为 α。Ctrl-R 查找输入过的行，',
    'Ctrl-C drops a line, Ctrl-D ends.': 'Ctrl-C 放弃一行，Ctrl-D 结束。',
    'each step, and the derivatives against differences': '检验每一步，并把导数与差分比较',
    'is this derivative right, and if not, why not?': '这个导数是否正确？若不正确，错在哪里？',
    'the cost over the epochs that were trained': '代价随训练轮次的变化',
    'takes back the last statement, load, training; or several': '撤销上一条语句、载入或训练，或撤销若干步',
    'forgets all statements; :undo brings them back': '清除全部语句；:undo 可恢复',
    'ends the session': '结束会话',
    'this, or more on a command, a function, a rule, an error': '本帮助，或关于命令、函数、法则、错误的更多说明',
    'the model; to a .json file, the values of its parameters': '保存模型；保存到 .json 文件则是参数的值',
    'gradient descent, going on from the last; Ctrl-C stops it': '梯度下降，接着上一次继续；Ctrl-C 停止',
    'the parameters back to where they started': '参数回到初始值',
    'with proofs, or a line a step; :steps dZ, that one': '推导附证明，或每步一行；:steps dZ 只看这一步',
    'the last answer in numbers; on: with every derivation': '以数值显示上一个回答；on：每次推导都显示',
    'the last answer as LaTeX; on: every one': '以 LaTeX 给出上一个回答；on：每个回答都用 LaTeX',
    'signs that every terminal has, or those of mathematics': '只用所有终端都有的符号，或用数学符号',
    'the language of rules and reasons': '词句、错误与警告的语言',
    'every name with its shape': '每个名称及其形状',
    'the statements so far': '目前的全部语句',
  },
  parts: {
    '{0}, of {1}': '{0!}（其中 {1}）',
    'the result': '结果',
    'the report': '报告',
    'the values': '值',
    " for '{0}'": "（'{0}'）",
    "option '{0}'": "选项 '{0}'",
  },
});
